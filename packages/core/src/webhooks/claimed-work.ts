import type { Clock } from "../platform/clock.js";
import type { Claim, Inbox } from "./inbox.js";

/** What became of an event. */
export type WorkOutcome =
  | { readonly kind: "done"; readonly value: unknown }
  /** It was done before. */
  | { readonly kind: "duplicate" }
  /** Another is at work on it. */
  | { readonly kind: "busy"; readonly retryAfterMs: number }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "inbox-away"; readonly error: unknown };

/** How work is claimed. */
export interface ClaimOptions {
  readonly inbox: Inbox | undefined;
  readonly whenInboxFails: "refuse" | "process";
  readonly leaseMs: number;
  readonly clock: Clock;
  /** Hears what the inbox fails with where the work goes on. */
  readonly onInboxError: (error: unknown) => void;
}

// A handler that never ends loses its claim in the end.
const maxLeases = 10;

/** Keeps a claim while its work lasts; returns what ends that. */
function keepClaim(
  key: string,
  token: string,
  inbox: Inbox,
  { leaseMs, clock, onInboxError }: ClaimOptions,
): () => void {
  const endsAtMs = clock.monotonic() + leaseMs * maxLeases;
  let cancel = () => {};
  const arm = () => {
    cancel = clock.schedule(leaseMs / 3, () => {
      inbox.renew(key, token, leaseMs).catch(onInboxError);
      if (clock.monotonic() < endsAtMs) arm();
    });
  };
  arm();
  return () => cancel();
}

async function settle(work: () => unknown): Promise<Extract<WorkOutcome, { kind: "done" | "failed" }>> {
  try {
    return { kind: "done", value: await work() };
  } catch (error) {
    return { kind: "failed", error };
  }
}

/** Does a piece of work once for each key, as far as the inbox remembers. */
export async function claimedWork(key: string, work: () => unknown, options: ClaimOptions): Promise<WorkOutcome> {
  const { inbox, whenInboxFails, leaseMs, onInboxError } = options;
  if (inbox === undefined) return settle(work);
  let claim: Claim;
  try {
    claim = await inbox.claim(key, leaseMs);
  } catch (error) {
    if (whenInboxFails === "refuse") return { kind: "inbox-away", error };
    onInboxError(error);
    return settle(work);
  }
  if (claim.kind === "done") return { kind: "duplicate" };
  if (claim.kind === "busy") return claim;
  const { token } = claim;
  const endKeeping = keepClaim(key, token, inbox, options);
  const outcome = await settle(work);
  endKeeping();
  // The work is done, whatever the inbox says now: to refuse would have it done again.
  const told = outcome.kind === "done" ? inbox.complete(key, token) : inbox.release(key, token);
  await told.catch(onInboxError);
  return outcome;
}
