/** How long work takes at its best of a few, in milliseconds: what the machine does meanwhile is not measured. */
export function shortestMs(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}
