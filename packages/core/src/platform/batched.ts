interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

const maxItems = 1_000;

// Code that only waits for promises that are settled adds its next item within some ten microtasks.
const idleMicrotasks = 50;

/**
 * Returns a function that passes on its items in batches: those that are added before the event loop turns, up to 1,000 of them.
 * `run` resolves to one result for each item, in their order. Where it rejects, all calls of the batch reject with its error.
 *
 * It waits by microtasks. A timer would be later, and on Workers it belongs to one request: when that is canceled the items of
 * others would wait forever (https://developers.cloudflare.com/workers/observability/errors/#cannot-perform-io-on-behalf-of-a-different-request).
 */
export function batched<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  const runBatch = async (batch: readonly Waiting<Item, Result>[]) => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const runWhenIdle = async () => {
    let count = 0;
    for (let idle = 0; idle < idleMicrotasks && count < maxItems; idle += 1) {
      await undefined;
      if (waiting.length > count) idle = 0;
      count = waiting.length;
    }
    const all = waiting;
    waiting = [];
    for (let start = 0; start < count; start += maxItems) runBatch(all.slice(start, start + maxItems));
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) runWhenIdle();
    });
}
