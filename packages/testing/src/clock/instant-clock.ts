import type { Clock } from "@connectry/core";

/** A clock on which every sleep is over at once: time passes by sleeping alone, and each wait is written down. */
export interface InstantClock extends Clock {
  readonly waits: readonly number[];
}

/** A clock for tests of waits: no test waits for them. What is scheduled, such as a deadline, never comes. @default 2026-01-01 */
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
