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

/** An event that is not to be processed, with its outcome, or the step that processes it. */
type ClaimedTask = { readonly outcome: ProcessingOutcome } | { run(records: unknown[]): Promise<ProcessingOutcome> };

/** Claims an event. */
async function claimTask(
  { key, process }: EventTask,
  claimEvent: ClaimEvent | undefined,
  { leaseMs, whenInboxFails, report, toText }: ProcessOnceOptions,
): Promise<ClaimedTask> {
  let hold: Hold | undefined;
  try {
    const result = key === undefined ? undefined : await claimEvent?.(key);
    if (result !== undefined && result.kind !== "claimed") return { outcome: result };
    hold = result;
  } catch (error) {
    report(error);
    if (whenInboxFails === "reject") return { outcome: { kind: "inbox-unavailable" } };
  }
  return {
    async run(records) {
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
    },
  };
}

/** Events that are claimed, and not processed yet. */
export interface ClaimedTasks {
  /** The outcomes that are known before anything is processed: of events that were processed before, or cannot be claimed. */
  readonly known: readonly ProcessingOutcome[];
  /** Processes the others in sequence, and resolves to the outcomes of all. Call it once. */
  process(): Promise<readonly ProcessingOutcome[]>;
}

/**
 * Claims all events before the first is processed, so that each is processed once for its key, as long as the inbox remembers the
 * key. Neither this nor `process` rejects.
 */
export async function claimTasks(tasks: readonly EventTask[], options: ProcessOnceOptions): Promise<ClaimedTasks> {
  const claimEvent = options.inbox && claimsOf(options.inbox, options);
  const claimed = await Promise.all(tasks.map((task) => claimTask(task, claimEvent, options)));
  return {
    known: claimed.flatMap((one) => ("outcome" in one ? one.outcome : [])),
    async process() {
      // Completions are not awaited one by one: a failure does not change the outcome, and an inbox can send several together.
      const records: unknown[] = [];
      const outcomes: ProcessingOutcome[] = [];
      for (const one of claimed) outcomes.push("outcome" in one ? one.outcome : await one.run(records));
      await Promise.all(records);
      return outcomes;
    },
  };
}
