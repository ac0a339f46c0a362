import { type Hold, type HoldOptions, holdClaim } from "./hold-claim.js";
import type { HeldClaim, Inbox, InboxClaim } from "./inbox.js";

/** The outcome of processing an event. */
export type ProcessingOutcome =
  /** `value` is what `process` returned. */
  | { readonly kind: "processed"; readonly value: unknown }
  /** It was processed before, or another caller is processing it. */
  | Exclude<InboxClaim, { readonly kind: "claimed" }>
  | { readonly kind: "failed" }
  | { readonly kind: "inbox-unavailable" };

/** An event to process. */
export interface EventTask {
  /** Undefined where the event is processed each time it is delivered. */
  readonly key: string | undefined;
  /** `claim` is undefined where the event is not claimed; `signal` is aborted when the claim is lost. */
  readonly process: (claim: HeldClaim | undefined, signal: AbortSignal) => unknown;
}

/** How events are claimed. */
export interface ProcessOnceOptions extends HoldOptions {
  /** Undefined processes every delivery. */
  readonly inbox: Inbox | undefined;
  readonly whenInboxFails: "reject" | "process";
  /** The text of a value that `process` returned, for the response to duplicates. */
  readonly toText: (value: unknown) => Promise<string | undefined>;
  /** Is notified of all failures, of events and of the inbox. */
  readonly report: (error: unknown) => void;
}

/** Processes an event, or says why not. */
type Step = () => ProcessingOutcome | Promise<ProcessingOutcome>;

/** Claims an event, and returns the step that processes it. */
async function claimEvent({ key, process }: EventTask, options: ProcessOnceOptions, records: unknown[]): Promise<Step> {
  const { inbox, leaseMs, report } = options;
  let hold: Hold | undefined;
  if (inbox !== undefined && key !== undefined) {
    const sentAtMs = options.clock.monotonic();
    try {
      const result = await inbox.claim(key, leaseMs);
      if (result.kind !== "claimed") return () => result;
      hold = holdClaim({ inbox, key, token: result.token, sentAtMs }, options);
    } catch (error) {
      report(error);
      if (options.whenInboxFails === "reject") return () => ({ kind: "inbox-unavailable" });
    }
  }
  return async () => {
    const { claim, signal = new AbortController().signal } = hold ?? {};
    // The claim was lost while the events before this one were processed.
    if (signal.aborted) return { kind: "busy", retryAfterMs: leaseMs };
    try {
      const value = await process(claim, signal);
      const response = hold && (await options.toText(value));
      records.push(hold?.complete(response));
      return { kind: "processed", value };
    } catch (error) {
      report(error);
      records.push(hold?.release());
      return { kind: "failed" };
    }
  };
}

/**
 * Processes events in sequence, each once for its key, as long as the inbox remembers the key. All of them are claimed before
 * the first is processed. Does not reject.
 */
export async function processOnce(
  tasks: readonly EventTask[],
  options: ProcessOnceOptions,
): Promise<readonly ProcessingOutcome[]> {
  // Completions are not awaited one by one: a failure does not change the outcome, and an inbox can send several together.
  const records: unknown[] = [];
  const steps = await Promise.all(tasks.map((task) => claimEvent(task, options, records)));
  const outcomes: ProcessingOutcome[] = [];
  for (const step of steps) outcomes.push(await step());
  await Promise.all(records);
  return outcomes;
}
