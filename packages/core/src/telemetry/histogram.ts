import { add, type Counts, countOf, groupOf } from "./counts.js";

// Four buckets for each doubling: a quantile is at most a fifth too high or too low before it is interpolated.
const perDoubling = 4;
/** The highest bound, 131 s, is above every deadline that is usual. */
const highest = 17 * perDoubling;

const boundMs = (index: number) => 2 ** (index / perDoubling);

/** The bounds for Prometheus: each doubling from 1 ms on. */
export const doublingsMs: readonly number[] = Array.from({ length: 18 }, (_, doubling) => 2 ** doubling);

/** Counts a time in a histogram: `name:<index>`, `nameCount` and `nameSumMs`. */
export function observeTime(counts: Counts, name: string, ms: number): void {
  // What is at most 1 ms is in the first bucket, and what is above the highest bound in one without a bound.
  const index = Math.min(highest + 1, Math.max(0, Math.ceil(perDoubling * Math.log2(Math.max(ms, 1)) - 1e-9)));
  add(counts, `${name}:${index}`);
  add(counts, `${name}Count`);
  add(counts, `${name}SumMs`, ms);
}

function bucketsOf(counts: Counts, name: string): readonly (readonly [index: number, count: number])[] {
  return Object.entries(groupOf(counts, name))
    .map(([index, count]) => [Number(index), count] as const)
    .sort(([a], [b]) => a - b);
}

/** A quantile in milliseconds, interpolated within its bucket; undefined where nothing was counted. */
export function quantileMs(counts: Counts, name: string, quantile: number): number | undefined {
  const wanted = countOf(counts, `${name}Count`) * quantile;
  let below = 0;
  for (const [index, count] of bucketsOf(counts, name)) {
    if (below + count >= wanted) {
      const lower = index === 0 ? 0 : boundMs(index - 1);
      const upper = index > highest ? lower : boundMs(index);
      return lower + (upper - lower) * Math.max(0, (wanted - below) / count);
    }
    below += count;
  }
  return undefined;
}

/** How many times are at most as long as each of `doublingsMs`. */
export function cumulativeCounts(counts: Counts, name: string): readonly number[] {
  const buckets = bucketsOf(counts, name);
  return doublingsMs.map((_, doubling) =>
    buckets.reduce((sum, [index, count]) => (index <= doubling * perDoubling ? sum + count : sum), 0),
  );
}
