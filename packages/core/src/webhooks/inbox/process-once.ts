import type { Clock } from "../../platform/clock.js";
import type { Inbox, InboxClaim } from "./inbox.js";

/** The outcome of processing an event. */
export type ProcessingOutcome =
  /** `value` is what `process` returned. */
  | { readonly kind: "done"; readonly value: unknown }
  /** The event was processed before, with this response where the inbox kept it. */
  | { readonly kind: "duplicate"; readonly response: string | undefined }
  /** Another caller is processing the event. */
  | { readonly kind: "busy"; readonly retryAfterMs: number }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "inbox-unavailable"; readonly error: unknown };

/** How an event is claimed. */
export interface ProcessOnceOptions {
  /** Undefined processes every delivery. */
  readonly inbox: Inbox | undefined;
  readonly whenInboxFails: "reject" | "process";
  readonly leaseMs: number;
  readonly clock: Clock;
  /** The text of a value that `process` returned, for the response to duplicates. */
  readonly toText: (value: unknown) => Promise<string | undefined>;
  /** Is notified of failures of the inbox that do not stop the processing. */
  readonly onInboxError: (error: unknown) => void;
}

// The claim of a handler that never ends is not renewed forever.
const maxLeases = 10;

/** Renews a claim until the returned function is called. */
function keepRenewing(
  inbox: Inbox,
  { key, token }: { readonly key: string; readonly token: string },
  { leaseMs, clock, onInboxError }: ProcessOnceOptions,
): () => void {
  const endsAtMs = clock.monotonic() + leaseMs * maxLeases;
  let cancel = () => {};
  const schedule = () => {
    cancel = clock.schedule(leaseMs / 3, () => {
      inbox.renew(key, token, leaseMs).catch(onInboxError);
      if (clock.monotonic() < endsAtMs) schedule();
    });
  };
  schedule();
  return () => cancel();
}

async function settle(process: () => unknown): Promise<Extract<ProcessingOutcome, { kind: "done" | "failed" }>> {
  try {
    return { kind: "done", value: await process() };
  } catch (error) {
    return { kind: "failed", error };
  }
}

/** Processes an event once for each key, as long as the inbox remembers the key. Does not reject. */
export async function processOnce(
  key: string,
  process: () => unknown,
  options: ProcessOnceOptions,
): Promise<ProcessingOutcome> {
  const { inbox, whenInboxFails, leaseMs, toText, onInboxError } = options;
  if (inbox === undefined) return settle(process);
  let claim: InboxClaim;
  try {
    claim = await inbox.claim(key, leaseMs);
  } catch (error) {
    if (whenInboxFails === "reject") return { kind: "inbox-unavailable", error };
    onInboxError(error);
    return settle(process);
  }
  if (claim.kind === "done") return { kind: "duplicate", response: claim.response };
  if (claim.kind === "busy") return claim;
  const { token } = claim;
  const stopRenewing = keepRenewing(inbox, { key, token }, options);
  let response: string | undefined;
  const outcome = await settle(async () => {
    const value = await process();
    response = await toText(value);
    return value;
  });
  stopRenewing();
  const recording = outcome.kind === "done" ? inbox.complete(key, token, response) : inbox.release(key, token);
  // A failure to record does not change the outcome: the provider would deliver a processed event again.
  await recording.catch(onInboxError);
  return outcome;
}
