import { CallError } from "../errors/call-errors.js";
import { loadPeer } from "../errors/load-peer.js";
import { derivedKey } from "../platform/derived-key.js";
import { type BulkOptions, readBulkOptions } from "./bulk-options.js";
import { BulkStoppedError } from "./bulk-stopped-error.js";

/** An item, and where it was. */
interface Processed<Item> {
  readonly item: Item;
  readonly index: number;
  /** Identifies it within the run. */
  readonly key: string;
}

/** The outcome of one item. */
export type BulkOutcome<Item, Value> = Processed<Item> &
  (
    | { readonly status: "fulfilled"; readonly value: Value }
    /** `reason.outcome`, where it is a CallError, says whether the item was applied. */
    | { readonly status: "rejected"; readonly reason: unknown }
    /** An earlier run had begun it and did not note its end. Without idempotency keys it is not sent again: look at the provider. */
    | { readonly status: "unknown" }
  );

/** What a call of an item is to be given: its options begin with it. */
export interface BulkInit {
  readonly signal: AbortSignal;
  /** Where the run has a name. */
  readonly idempotencyKey?: string;
}

/** Sends one item. */
export type SendItem<Item, Value> = (item: Item, init: BulkInit, index: number) => Value | Promise<Value>;

const peer = { name: "p-limit", entry: "@connectry/core/bulk" };

function iteratorOf<Item>(items: Iterable<Item> | AsyncIterable<Item>): Iterator<Item> | AsyncIterator<Item> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}

function countOf(items: object): number | undefined {
  const { length, size } = items as { readonly length?: unknown; readonly size?: unknown };
  return [length, size].find((count) => typeof count === "number") as number | undefined;
}

/**
 * Sends many items, so many at once, and yields the outcome of each as soon as it has ended. A failure of one does not end the
 * others. Items are taken from their source as they can be sent. Leaving the loop begins no further item, and waits for those under
 * way.
 * @throws BulkStoppedError after `stopAfter` failures, once the outcomes of the items under way were yielded; the reason of the
 * signal; what the source, `keyOf` or the log throws, in the same way. ConfigurationError for invalid options.
 */
export async function* bulk<Item, Value>(
  items: Iterable<Item> | AsyncIterable<Item>,
  send: SendItem<Item, Value>,
  options: BulkOptions<Item> = {},
): AsyncGenerator<BulkOutcome<Item, Value>, void, undefined> {
  const { concurrency, stopAfter } = readBulkOptions(options);
  const { run, keyOf = (_, index) => `${index}`, done: log, signal, onProgress } = options;
  signal?.throwIfAborted();
  const { default: pLimit } = await loadPeer(peer, () => import("p-limit"));
  const limit = pLimit(concurrency);
  const controller = new AbortController();
  const counts = { done: 0, failed: 0, skipped: 0, unknown: 0 };
  const total = countOf(items);
  const settled: BulkOutcome<Item, Value>[] = [];
  let wake = () => {};
  let ending: { readonly reason: unknown } | undefined;
  const end = (reason: unknown) => {
    ending ??= { reason };
    wake();
  };

  const report = (isEnded: boolean) => onProgress?.({ ...counts, running, total, isEnded });

  const sendOne = async (one: Processed<Item>, init: BulkInit): Promise<BulkOutcome<Item, Value>> => {
    try {
      const value = await send(one.item, init, one.index);
      return { ...one, status: "fulfilled", value };
    } catch (reason) {
      return { ...one, status: "rejected", reason };
    }
  };

  /** Sends an item unless it is done, and notes its outcome; undefined where an earlier run had done it. */
  const process = async (one: Processed<Item>): Promise<BulkOutcome<Item, Value> | undefined> => {
    const state = await log?.begin(one.key);
    if (state === "done") {
      counts.skipped += 1;
      return undefined;
    }
    if (state === "begun" && run === undefined) {
      counts.unknown += 1;
      return { ...one, status: "unknown" };
    }
    const idempotencyKey = run === undefined ? {} : { idempotencyKey: await derivedKey(run, one.key) };
    const outcome = await sendOne(one, { signal: controller.signal, ...idempotencyKey });
    if (outcome.status === "fulfilled") {
      counts.done += 1;
      await log?.complete(one.key);
    } else if (outcome.status === "rejected") {
      counts.failed += 1;
      const { reason } = outcome;
      if (CallError.isInstance(reason) && reason.outcome === "not-applied") await log?.release(one.key);
      if (counts.failed >= stopAfter) end(new BulkStoppedError(counts.failed, reason));
    }
    return outcome;
  };

  let index = 0;
  let running = 0;
  const begin = async (item: Item) => {
    const at = index;
    index += 1;
    running += 1;
    try {
      const outcome = await limit(async () => process({ item, index: at, key: keyOf(item, at) }));
      if (outcome) settled.push(outcome);
    } catch (error) {
      end(error);
    }
    running -= 1;
    try {
      report(false);
    } catch (error) {
      end(error);
    }
    wake();
  };

  const source = iteratorOf(items);
  let isEnded = false;
  let isTaking = false;
  const take = async () => {
    isTaking = true;
    try {
      const { done, value } = await source.next();
      if (done) isEnded = true;
      else if (!ending) void begin(value);
    } catch (error) {
      isEnded = true;
      end(error);
    }
    isTaking = false;
    wake();
  };

  const onAbort = () => {
    controller.abort(signal?.reason);
    end(signal?.reason);
  };
  signal?.addEventListener("abort", onAbort);
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  try {
    for (;;) {
      const outcome = settled.shift();
      if (outcome) yield outcome;
      else if ((isEnded || ending) && running === 0) break;
      else {
        // A source may respond, or throw, before it returns.
        const changed = change();
        if (!isEnded && !ending && !isTaking && running < concurrency) void take();
        await changed;
      }
    }
    if (ending) throw (ending as { readonly reason: unknown }).reason;
  } finally {
    // Where the loop was left, nothing more is begun.
    ending ??= { reason: undefined };
    while (running > 0) await change();
    signal?.removeEventListener("abort", onAbort);
    try {
      report(true);
    } finally {
      if (!isEnded) await source.return?.();
    }
  }
}
