/** The median of several measurements, and their range. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The median of a non-empty list; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("an empty list has no median");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** The median, minimum and maximum of a non-empty list. */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * The ratio of two subjects that were measured in the same rounds. It compares values of the same round, so that a machine that is
 * slow for some time is slow for both.
 */
export function pairedRatio(values: readonly number[], others: readonly number[]): Spread {
  if (values.length !== others.length) throw new RangeError("only values of the same rounds can be paired");
  return spread(values.map((value, round) => value / (others[round] as number)));
}
