import type { Clock } from "../../platform/clock.js";
import type { CacheStore } from "./cache-store.js";
import type { Invalidations } from "./invalidations.js";

// How long memory is valid while this process is not notified of invalidations.
const unsubscribedMaxAgeMs = 1_000;
const retryMs = 1_000;

/** Receives the invalidations of other processes. */
export interface Subscription {
  /** How old an entry of this process may be before the shared store is asked again: Infinity while invalidations are received. */
  readonly maxLocalAgeMs: () => number;
  /** Subscribes, once; it is retried until it succeeds. */
  start(clock: Clock): void;
  close(): Promise<void>;
}

/** Keeps the memory of this process up to date with other processes. Without a store there are none. */
export function createSubscription(store: CacheStore | undefined, invalidations: Invalidations): Subscription {
  let isSubscribed = store === undefined;
  let isStarted = false;
  let isClosed = false;
  let cancelRetry = () => {};
  let unsubscribe: (() => Promise<void>) | undefined;

  const subscribe = async (clock: Clock): Promise<void> => {
    try {
      unsubscribe = await store?.subscribe?.({
        invalidated: (tags) => invalidations.invalidate(tags),
        ready() {
          isSubscribed = true;
          invalidations.flush();
        },
      });
      if (isClosed) await unsubscribe?.();
    } catch {
      if (!isClosed) cancelRetry = clock.schedule(retryMs, () => void subscribe(clock));
    }
  };

  return {
    maxLocalAgeMs: () => (isSubscribed ? Infinity : unsubscribedMaxAgeMs),
    start(clock) {
      if (isStarted || isClosed || !store?.subscribe) return;
      isStarted = true;
      void subscribe(clock);
    },
    async close() {
      isClosed = true;
      isSubscribed = store === undefined;
      cancelRetry();
      await unsubscribe?.();
    },
  };
}
