import { type Hold, type HoldOptions, holdClaim } from "./hold-claim.js";
import type { HeldClaim, Inbox } from "./inbox.js";

/** The outcome of processing an event. */
export type ProcessingOutcome =
  /** `value` is what `process` returned. */
  | { readonly kind: "done"; readonly value: unknown }
  /** The event was processed before, with this response where the inbox kept it. */
  | { readonly kind: "duplicate"; readonly response?: string | undefined }
  /** Another caller is processing the event. */
  | { readonly kind: "busy"; readonly retryAfterMs: number }
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

/** Claims an event. Undefined where it is processed without a claim. */
async function claimEvent(
  key: string | undefined,
  options: ProcessOnceOptions,
): Promise<ProcessingOutcome | Hold | undefined> {
  const { inbox, leaseMs } = options;
  if (inbox === undefined || key === undefined) return undefined;
  const sentAtMs = options.clock.monotonic();
  try {
    const result = await inbox.claim(key, leaseMs);
    if (result.kind === "busy") return result;
    if (result.kind === "done") return { ...result, kind: "duplicate" };
    return holdClaim({ inbox, key, token: result.token, sentAtMs }, options);
  } catch (error) {
    options.report(error);
    return options.whenInboxFails === "reject" ? { kind: "inbox-unavailable" } : undefined;
  }
}

/**
 * Processes events in sequence, each once for its key, as long as the inbox remembers the key. All of them are claimed before
 * the first is processed. An event that has the key of an earlier one counts as that one. Does not reject.
 */
export async function processOnce(
  tasks: readonly EventTask[],
  options: ProcessOnceOptions,
): Promise<readonly ProcessingOutcome[]> {
  const keys = new Set<string>();
  const distinct = tasks.filter(({ key }) => key === undefined || (!keys.has(key) && keys.add(key)));
  const claims = await Promise.all(distinct.map(({ key }) => claimEvent(key, options)));
  const recordings: Promise<void>[] = [];
  // Recordings are not awaited here: a failure does not change the outcome, and an inbox can record several events together.
  const run = async (process: EventTask["process"], held: Hold | undefined): Promise<ProcessingOutcome> => {
    // The claim was lost while the events before this one were processed.
    if (held?.signal.aborted) return { kind: "busy", retryAfterMs: options.leaseMs };
    try {
      const value = await process(held?.claim, held?.signal ?? new AbortController().signal);
      if (held) recordings.push(held.complete(await options.toText(value)));
      return { kind: "done", value };
    } catch (error) {
      options.report(error);
      if (held) recordings.push(held.release());
      return { kind: "failed" };
    }
  };
  const outcomes: ProcessingOutcome[] = [];
  for (const [index, { process }] of distinct.entries()) {
    const held = claims[index];
    outcomes.push(held && "kind" in held ? held : await run(process, held));
  }
  await Promise.all(recordings);
  return outcomes;
}
