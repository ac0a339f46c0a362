interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

const maxItems = 1_000;

// `setImmediate` is sooner than a timer, which waits for at least a millisecond, but not every platform has it.
const { setImmediate = setTimeout } = globalThis as { setImmediate?: (callback: () => void) => unknown };

/**
 * Returns a function that passes on its items in batches: those of one turn of the event loop together, up to 1,000 of them. `run`
 * resolves to one result for each item, in their order. Where it rejects, all calls of the batch reject with its error.
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
  const runAll = () => {
    const all = waiting;
    waiting = [];
    for (let start = 0; start < all.length; start += maxItems) runBatch(all.slice(start, start + maxItems));
  };
  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(runAll);
      waiting.push({ item, resolve, reject });
    });
}
