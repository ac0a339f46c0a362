import type { Clock } from "../platform/clock.js";
import type { CacheStore } from "./cache-store.js";
import type { Invalidations } from "./invalidations.js";

// What memory is trusted for where nobody tells this process of invalidations.
const untoldTrustMs = 1_000;
const againMs = 1_000;

/** Hears what other processes call back. */
export interface Subscription {
  /** How long memory is to be trusted: for ever where others tell what they call back. */
  readonly trustMs: () => number;
  /** Begins to listen, once; again and again until it can. */
  start(clock: Clock): void;
  close(): Promise<void>;
}

/** Makes what keeps this process's memory in step with others. Without a store there are none. */
export function createSubscription(store: CacheStore | undefined, invalidations: Invalidations): Subscription {
  let isTold = store === undefined;
  let isStarted = false;
  let isClosed = false;
  let cancel = () => {};
  let end: (() => Promise<void>) | undefined;

  const listen = async (clock: Clock): Promise<void> => {
    try {
      end = await store?.subscribe?.({
        invalidated: (tags) => invalidations.invalidate(tags),
        ready() {
          isTold = true;
          invalidations.flush();
        },
      });
      if (isClosed) await end?.();
    } catch {
      if (!isClosed) cancel = clock.schedule(againMs, () => void listen(clock));
    }
  };

  return {
    trustMs: () => (isTold ? Infinity : untoldTrustMs),
    start(clock) {
      if (isStarted || isClosed || !store?.subscribe) return;
      isStarted = true;
      void listen(clock);
    },
    async close() {
      isClosed = true;
      isTold = store === undefined;
      cancel();
      await end?.();
    },
  };
}
