/** Runs a job for each item, a few at once, in the order of the items. */
export async function inParallel<T>(
  items: readonly T[],
  job: (item: T, index: number) => Promise<void>,
  atOnce = 8,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      await job(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
