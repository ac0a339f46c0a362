import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { testStore } from "../../../test/cache-store.js";
import { deferred } from "../../../test/deferred.js";
import type { CacheStore, InvalidationListener } from "../index.js";
import { createInvalidations } from "./invalidations.js";
import { createSubscription } from "./subscription.js";

/** A subscription to a store that lets a test say how each attempt to listen ends. */
function listening(subscribe: NonNullable<CacheStore["subscribe"]>) {
  const clock = fakeClock();
  const invalidations = createInvalidations();
  let attempts = 0;
  const counted: CacheStore["subscribe"] = (listener) => {
    attempts += 1;
    return subscribe(listener);
  };
  const subscription = createSubscription({ ...testStore(), subscribe: counted }, invalidations);
  return {
    clock,
    invalidations,
    subscription,
    get attempts() {
      return attempts;
    },
  };
}

const away = async () => {
  throw new Error("away");
};

describe("while others tell what they invalidate", () => {
  test("memory is trusted for ever, from when the channel is subscribed, and all from before is gone", async () => {
    let told: InvalidationListener | undefined;
    const { subscription, invalidations, clock } = listening(async (listener) => {
      told = listener;
      return async () => {};
    });
    subscription.start(clock);
    expect(subscription.maxLocalAgeMs()).toBe(1_000);
    const { sequence: invalidationSequence } = invalidations;
    expect(invalidations.isCurrent(invalidationSequence, ["a"])).toBe(true);
    told?.ready();
    expect(subscription.maxLocalAgeMs()).toBe(Infinity);
    expect(invalidations.isCurrent(invalidationSequence, ["a"])).toBe(false);
    const after = invalidations.sequence;
    told?.invalidated(["a"]);
    expect([invalidations.isCurrent(after, ["a"]), invalidations.isCurrent(after, ["b"])]).toEqual([false, true]);
    await subscription.close();
    expect(subscription.maxLocalAgeMs()).toBe(1_000);
  });

  test("one channel is enough, however often it is begun; it ends with the cache", async () => {
    const store = testStore();
    const clock = fakeClock();
    const subscription = createSubscription(store, createInvalidations());
    subscription.start(clock);
    subscription.start(clock);
    await clock.advance(0);
    expect(store.listeners.size).toBe(1);
    await subscription.close();
    expect(store.listeners.size).toBe(0);
    subscription.start(clock);
    await clock.advance(2_000);
    expect(store.listeners.size).toBe(0);
  });

  test("none is begun after the cache was closed", async () => {
    const listens = listening(async () => async () => {});
    await listens.subscription.close();
    listens.subscription.start(listens.clock);
    expect(listens.attempts).toBe(0);
  });
});

describe("a channel that cannot be had", () => {
  test("is asked for again after a second, until it is subscribed", async () => {
    let isAway = true;
    const listens = listening(async (listener) => {
      if (isAway) return away();
      listener.ready();
      return async () => {};
    });
    const { clock, subscription } = listens;
    subscription.start(clock);
    await clock.advance(999);
    expect([listens.attempts, subscription.maxLocalAgeMs()]).toEqual([1, 1_000]);
    await clock.advance(1);
    expect(listens.attempts).toBe(2);
    isAway = false;
    await clock.advance(1_000);
    expect([listens.attempts, subscription.maxLocalAgeMs()]).toEqual([3, Infinity]);
    await clock.advance(10_000);
    expect([listens.attempts, clock.pendingTimers]).toEqual([3, 0]);
  });

  test("is asked for no more once the cache is closed", async () => {
    const listens = listening(away);
    const { clock, subscription } = listens;
    subscription.start(clock);
    await clock.advance(500);
    expect(clock.pendingTimers).toBe(1);
    await subscription.close();
    expect(clock.pendingTimers).toBe(0);
  });

  test("is asked for no more where that fails after the cache was closed", async () => {
    const { opened, go } = deferred();
    const listens = listening(() => opened.then(away));
    const { clock, subscription } = listens;
    subscription.start(clock);
    await subscription.close();
    go();
    await clock.advance(10_000);
    expect([listens.attempts, clock.pendingTimers]).toEqual([1, 0]);
  });
});

test("a channel that is subscribed only after the cache was closed is ended at once", async () => {
  const { opened, go } = deferred();
  let ends = 0;
  const { clock, subscription } = listening(async () => {
    await opened;
    return async () => {
      ends += 1;
    };
  });
  subscription.start(clock);
  await subscription.close();
  expect(ends).toBe(0);
  go();
  await clock.advance(0);
  expect(ends).toBe(1);
});

test("a process alone trusts its memory for ever; beside a store that cannot tell, for a second", async () => {
  const alone = createSubscription(undefined, createInvalidations());
  alone.start(fakeClock());
  expect(alone.maxLocalAgeMs()).toBe(Infinity);
  await alone.close();
  expect(alone.maxLocalAgeMs()).toBe(Infinity);
  const { subscribe: _, ...mute } = testStore();
  const untold = createSubscription(mute, createInvalidations());
  untold.start(fakeClock());
  expect(untold.maxLocalAgeMs()).toBe(1_000);
  await untold.close();
  expect(untold.maxLocalAgeMs()).toBe(1_000);
});
