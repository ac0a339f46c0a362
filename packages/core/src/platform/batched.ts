import { tickQueue } from "./tick-queue.js";

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Returns a function that passes on its items in batches: those of one turn of the event loop, as `tickQueue` has them. `run`
 * resolves to one result for each item, in their order. Where it rejects, all calls of the batch reject with its error.
 */
export function batched<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  const add = tickQueue<Waiting<Item, Result>>(async (batch) => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  });
  return (item) => new Promise((resolve, reject) => add({ item, resolve, reject }));
}
