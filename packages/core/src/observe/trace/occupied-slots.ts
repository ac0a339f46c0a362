import { boundedMemo } from "../../platform/bounded-memo.js";
import type { Clock } from "../../platform/clock.js";

/** How long all slots of a bucket were occupied. */
interface Occupation {
  running: number;
  fullSinceMs: number;
  fullMs: number;
}

/** Measures for how long calls could not be sent because every slot of their bucket was occupied. */
export interface OccupiedSlots {
  /** The total time in which no slot of the bucket was free: what of a wait falls into it was a wait for a slot. */
  fullMs(bucket: string): number;
  /** Counts an attempt, until the returned function is called. */
  enter(bucket: string): () => void;
}

/** Creates the measurement for a client. */
export function occupiedSlots(concurrency: number, clock: Clock): OccupiedSlots {
  const buckets = boundedMemo((): Occupation => ({ running: 0, fullSinceMs: 0, fullMs: 0 }), {
    neededMs: ({ running }) => (running > 0 ? Infinity : 0),
  });
  return {
    fullMs(bucket) {
      const { running, fullSinceMs, fullMs } = buckets.get(bucket);
      return running >= concurrency ? fullMs + clock.monotonic() - fullSinceMs : fullMs;
    },
    enter(bucket) {
      const occupation = buckets.get(bucket);
      occupation.running += 1;
      if (occupation.running === concurrency) occupation.fullSinceMs = clock.monotonic();
      return () => {
        if (occupation.running === concurrency) occupation.fullMs += clock.monotonic() - occupation.fullSinceMs;
        occupation.running -= 1;
      };
    },
  };
}
