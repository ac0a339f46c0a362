import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { testStore } from "../../../test/cache-store.js";
import { deferred } from "../../../test/deferred.js";
import type { CacheStore, InvalidationListener } from "../index.js";
import { createInvalidations } from "./invalidations.js";
import { createSubscription } from "./subscription.js";

/** A subscription to a store whose `subscribe` the test provides. */
function subscriptionTo(subscribe: NonNullable<CacheStore["subscribe"]>) {
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

const unavailable = async () => {
  throw new Error("unavailable");
};

describe("a subscription to invalidations", () => {
  test("allows entries of any age once the channel is ready, and drops all older entries", async () => {
    let subscribed: InvalidationListener | undefined;
    const { subscription, invalidations, clock } = subscriptionTo(async (listener) => {
      subscribed = listener;
      return async () => {};
    });
    subscription.start(clock);
    expect(subscription.maxLocalAgeMs()).toBe(1_000);
    const { sequence: invalidationSequence } = invalidations;
    expect(invalidations.isCurrent(invalidationSequence, ["a"])).toBe(true);
    subscribed?.ready();
    expect(subscription.maxLocalAgeMs()).toBe(Infinity);
    expect(invalidations.isCurrent(invalidationSequence, ["a"])).toBe(false);
    const after = invalidations.sequence;
    subscribed?.invalidated(["a"]);
    expect([invalidations.isCurrent(after, ["a"]), invalidations.isCurrent(after, ["b"])]).toEqual([false, true]);
    await subscription.close();
    expect(subscription.maxLocalAgeMs()).toBe(1_000);
  });

  test("opens one channel, even if it is started twice, and closes it with the cache", async () => {
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

  test("opens no channel after the cache was closed", async () => {
    const counted = subscriptionTo(async () => async () => {});
    await counted.subscription.close();
    counted.subscription.start(counted.clock);
    expect(counted.attempts).toBe(0);
  });
});

describe("a channel that fails to open", () => {
  test("is tried again every second, until it is ready", async () => {
    let isUnavailable = true;
    const counted = subscriptionTo(async (listener) => {
      if (isUnavailable) return unavailable();
      listener.ready();
      return async () => {};
    });
    const { clock, subscription } = counted;
    subscription.start(clock);
    await clock.advance(999);
    expect([counted.attempts, subscription.maxLocalAgeMs()]).toEqual([1, 1_000]);
    await clock.advance(1);
    expect(counted.attempts).toBe(2);
    isUnavailable = false;
    await clock.advance(1_000);
    expect([counted.attempts, subscription.maxLocalAgeMs()]).toEqual([3, Infinity]);
    await clock.advance(10_000);
    expect([counted.attempts, clock.pendingTimers]).toEqual([3, 0]);
  });

  test("is not tried again once the cache is closed", async () => {
    const counted = subscriptionTo(unavailable);
    const { clock, subscription } = counted;
    subscription.start(clock);
    await clock.advance(500);
    expect(clock.pendingTimers).toBe(1);
    await subscription.close();
    expect(clock.pendingTimers).toBe(0);
  });

  test("is not tried again where it fails after the cache was closed", async () => {
    const { opened, go } = deferred();
    const counted = subscriptionTo(() => opened.then(unavailable));
    const { clock, subscription } = counted;
    subscription.start(clock);
    await subscription.close();
    go();
    await clock.advance(10_000);
    expect([counted.attempts, clock.pendingTimers]).toEqual([1, 0]);
  });
});

test("a channel that opens only after the cache was closed is closed at once", async () => {
  const { opened, go } = deferred();
  let ends = 0;
  const { clock, subscription } = subscriptionTo(async () => {
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

test("maxLocalAgeMs is infinite without a store, and a second with a store that has no `subscribe`", async () => {
  const alone = createSubscription(undefined, createInvalidations());
  alone.start(fakeClock());
  expect(alone.maxLocalAgeMs()).toBe(Infinity);
  await alone.close();
  expect(alone.maxLocalAgeMs()).toBe(Infinity);
  const { subscribe: _, ...store } = testStore();
  const unsubscribed = createSubscription(store, createInvalidations());
  unsubscribed.start(fakeClock());
  expect(unsubscribed.maxLocalAgeMs()).toBe(1_000);
  await unsubscribed.close();
  expect(unsubscribed.maxLocalAgeMs()).toBe(1_000);
});
