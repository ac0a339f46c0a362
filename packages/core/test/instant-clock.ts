import type { Clock } from "../src/index.js";

/** A clock on which every sleep is over at once: time passes by sleeping alone, and each wait is written down. */
export interface InstantClock extends Clock {
  readonly waits: readonly number[];
}

/** Makes a clock that starts at 1 January 2026; what is scheduled never comes. */
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
