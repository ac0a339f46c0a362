import { type ClaimEvent, claimsOf, type Hold, type HoldOptions } from "./hold-claims.js";
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
type Step = (records: unknown[]) => ProcessingOutcome | Promise<ProcessingOutcome>;

/** Claims an event, and returns the step that processes it. */
async function claimTask(
  { key, process }: EventTask,
  claimEvent: ClaimEvent | undefined,
  { leaseMs, whenInboxFails, report, toText }: ProcessOnceOptions,
): Promise<Step> {
  let hold: Hold | undefined;
  try {
    const result = key === undefined ? undefined : await claimEvent?.(key);
    if (result !== undefined && result.kind !== "claimed") return () => result;
    hold = result;
  } catch (error) {
    report(error);
    if (whenInboxFails === "reject") return () => ({ kind: "inbox-unavailable" });
  }
  return async (records) => {
    const { claim, signal = new AbortController().signal } = hold ?? {};
    // The claim was lost while the events before this one were processed.
    if (signal.aborted) return { kind: "busy", retryAfterMs: leaseMs };
    try {
      const value = await process(claim, signal);
      const response = hold && (await toText(value));
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
  const claimEvent = options.inbox && claimsOf(options.inbox, options);
  const steps = await Promise.all(tasks.map((task) => claimTask(task, claimEvent, options)));
  // Completions are not awaited one by one: a failure does not change the outcome, and an inbox can send several together.
  const records: unknown[] = [];
  const outcomes: ProcessingOutcome[] = [];
  for (const step of steps) outcomes.push(await step(records));
  await Promise.all(records);
  return outcomes;
}
