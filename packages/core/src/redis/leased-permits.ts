// A permit that is used long after its time would be one more than the limit allows then. Timers are late by less than this.
const maxLateMs = 20;

/** Permits that were reserved together, until they are used or expire. */
export interface LeasedPermits {
  /** When the next one may be used, on the monotonic clock; undefined where none is left. */
  next(nowMs: number): number | undefined;
  add(timesMs: readonly number[]): void;
}

/** Keeps permits of calls with the same limits, each up to 20 ms after its time, and no longer than the limit tolerates. */
export function leasedPermits(toleranceMs: number): LeasedPermits {
  const keptMs = Math.min(maxLateMs, toleranceMs);
  let left: number[] = [];
  return {
    next(nowMs) {
      for (let atMs = left.shift(); atMs !== undefined; atMs = left.shift()) if (atMs + keptMs >= nowMs) return atMs;
      return undefined;
    },
    add(timesMs) {
      left = left.concat(timesMs);
    },
  };
}
