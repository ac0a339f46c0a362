import type { Clock } from "@connectry/core";

/** A clock on which every sleep ends at once. Time only passes by sleeping, and each sleep is recorded. */
export interface InstantClock extends Clock {
  /** The length of each sleep in milliseconds, in order. */
  readonly waits: readonly number[];
}

/**
 * Creates a clock for tests of waiting code, which then run without waiting. Scheduled timers, such as deadlines, never fire.
 *
 * @param startMs Milliseconds since the epoch. @default 2026-01-01T00:00:00Z
 */
export function instantClock(startMs = Date.UTC(2026, 0, 1)): InstantClock {
  const waits: number[] = [];
  let passedMs = 0;
  return {
    waits,
    now: () => startMs + passedMs,
    monotonic: () => passedMs,
    async sleep(delayMs, signal) {
      signal?.throwIfAborted();
      waits.push(delayMs);
      passedMs += delayMs;
    },
    schedule: () => () => {},
  };
}
