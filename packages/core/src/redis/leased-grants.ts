// What is left of a lease after its time would be one more than the limit allows then. Timers are late by less than this.
const maxLateMs = 20;

/** Grants that were taken several at once, until they are used or over. */
export interface LeasedGrants {
  /** When the next one may be used, on the monotonic clock; undefined where none is left. */
  next(nowMs: number): number | undefined;
  add(atMs: readonly number[]): void;
}

/** Keeps grants of one line, each up to 20 ms beyond its time, and no longer than the limit tolerates. */
export function leasedGrants(toleranceMs: number): LeasedGrants {
  const keptMs = Math.min(maxLateMs, toleranceMs);
  let left: number[] = [];
  return {
    next(nowMs) {
      for (let atMs = left.shift(); atMs !== undefined; atMs = left.shift()) if (atMs + keptMs >= nowMs) return atMs;
      return undefined;
    },
    add(atMs) {
      left = left.concat(atMs);
    },
  };
}
