import { type FakeClock, fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, jsonOf, keySecret } from "../../test/cache.js";
import { testStore } from "../../test/cache-store.js";
import { createReply, createTenant } from "../../test/call.js";
import { counting } from "../../test/counting.js";
import { deferred } from "../../test/deferred.js";
import type { Next } from "../pipeline/policy.js";
import type { CacheOptions, CacheStore, TieredCacheOptions } from "./index.js";

const call = { tenant: createTenant("tenant-1") };
const ttl = { ttlMs: 60_000, tags: ["things"] };

interface ProcessParts {
  readonly store: CacheStore;
  readonly clock: FakeClock;
  /** The provider. */
  readonly next: Next;
  readonly options?: TieredCacheOptions;
}

/** A process that records its operations on the store, each with its time. */
function processOn({ store, clock, next, options = {} }: ProcessParts) {
  const requested: [what: string, atMs: number][] = [];
  const note = (what: string) => requested.push([what, Math.round(clock.monotonic())]);
  const noted: CacheStore = {
    ...store,
    read(...args) {
      note("read");
      return store.read(...args);
    },
    claim(...args) {
      note("claim");
      return store.claim(...args);
    },
    publish(...args) {
      note("publish");
      return store.publish(...args);
    },
  };
  const process = cacheOf({ clock }, next, { store: noted, keySecret, ...options });
  return {
    requested,
    process,
    send: (options: CacheOptions) => process.send(options, call),
    /** The times of its claims. */
    claims: () => requested.flatMap(([what, atMs]) => (what === "claim" ? [atMs] : [])),
  };
}

/** A provider that replies after `delayMs`. */
const slow =
  (clock: FakeClock, delayMs: number): Next =>
  async () => {
    await clock.sleep(delayMs);
    return createReply(200, {}, { by: "the slow one" });
  };

describe("R25: the process that fetches for all", () => {
  test("renews its claim every third of the lease until the request ends", async () => {
    const clock = fakeClock();
    const { send, requested, process } = processOn({
      store: testStore(),
      clock,
      next: slow(clock, 3_500),
      options: { leaseMs: 3_000 },
    });
    const reply = send(ttl);
    await expect.poll(() => process.sent).toBe(1);
    await clock.advance(3_500);
    expect((await reply).cache).toBe("miss");
    await clock.advance(10_000);
    expect(requested).toEqual([
      ["read", 0],
      ["claim", 0],
      ["claim", 1_000],
      ["claim", 2_000],
      ["claim", 3_000],
      ["publish", 3_500],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  test("stops renewing the claim when the request ends during a renewal", async () => {
    const clock = fakeClock();
    const { opened, go } = deferred();
    let count = 0;
    const store = testStore(async (name) => {
      if (name === "claim goes out") count += 1;
      if (count === 2) await opened;
    });
    const { send, claims, process } = processOn({
      store,
      clock,
      next: slow(clock, 1_500),
      options: { leaseMs: 3_000 },
    });
    const reply = send(ttl);
    await expect.poll(() => process.sent).toBe(1);
    await clock.advance(1_500);
    go();
    await reply;
    await clock.advance(10_000);
    expect([claims(), clock.pendingTimers]).toEqual([[0, 1_000], 0]);
  });

  const unavailable = () => Promise.reject(new Error("unavailable"));
  test.each<[string, CacheOptions, Partial<CacheStore>]>([
    ["other calls cannot use the response", { tags: ["things"] }, {}],
    ["the store is unavailable", ttl, { claim: unavailable }],
  ])("does not renew its claim where %s", async (_, options, parts) => {
    const clock = fakeClock();
    const { send, claims, process } = processOn({
      store: { ...testStore(), ...parts },
      clock,
      next: slow(clock, 3_500),
    });
    const reply = send(options);
    await expect.poll(() => process.sent).toBe(1);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(3_500);
    await reply;
    expect(claims()).toEqual([0]);
  });
});

describe("R25: a process that waits for another one", () => {
  test("claims again after 10 ms, and then at growing intervals, up to 100 ms", async () => {
    const clock = fakeClock();
    const store = testStore();
    const first = processOn({ store, clock, next: slow(clock, 500), options: { leaseMs: 60_000 } });
    const second = processOn({ store, clock, next: counting() });
    const fetched = first.send(ttl);
    await expect.poll(() => first.process.sent).toBe(1);
    const waiting = second.send(ttl);
    await expect.poll(() => second.claims().length).toBe(1);
    await clock.advance(600);
    const replies = await Promise.all([fetched, waiting]);
    expect(replies.map(({ cache }) => cache)).toEqual(["miss", "hit"]);
    expect(second.claims()).toEqual([0, 10, 25, 48, 81, 132, 208, 308, 408, 508]);
    expect(second.process.sent).toBe(0);
  });

  test.each([
    ["releases the claim that it won", false, ["read", "claim", "publish"]],
    ["releases nothing where it did not win the claim", true, ["read", "claim"]],
  ])("and receives the entry with its claim %s", async (_, isHeld, expected) => {
    const clock = fakeClock();
    const store = testStore();
    const first = processOn({ store, clock, next: counting() });
    const key = () => [...store.values.keys()][0] as string;
    const late: CacheStore = {
      ...store,
      async claim(...args) {
        await first.send(ttl);
        if (isHeld) await store.claim(key(), [], { token: "another", leaseMs: 60_000 });
        return store.claim(...args);
      },
    };
    const second = processOn({ store: late, clock, next: counting() });
    expect((await second.send(ttl)).cache).toBe("hit");
    expect(second.requested.map(([what]) => what)).toEqual(expected);
    expect((await store.claim(key(), [], { token: "a third", leaseMs: 60_000 })).won).toBe(!isHeld);
  });

  test("stops at once if it has already returned a stale entry", async () => {
    const clock = fakeClock();
    const store = testStore();
    const { send, claims, process } = processOn({ store, clock, next: counting() });
    await send({ ttlMs: 50, staleWhileRevalidateMs: 1_000 });
    await store.claim([...store.values.keys()][0] as string, [], { token: "another", leaseMs: 60_000 });
    await clock.advance(60);
    expect((await send({ ttlMs: 50, staleWhileRevalidateMs: 1_000 })).cache).toBe("stale");
    await clock.advance(500);
    expect([claims(), process.sent, clock.pendingTimers]).toEqual([[0, 60], 1, 0]);
  });

  test("continues with its refresh for a call that joins it and accepts no stale entry", async () => {
    const clock = fakeClock();
    const { opened, go } = deferred();
    let isGated = false;
    const store = testStore(async (name) => {
      if (isGated && name === "claim goes out") await opened;
    });
    const { send, process } = processOn({ store, clock, next: counting() });
    const options = { ttlMs: 50, staleWhileRevalidateMs: 1_000 };
    await send(options);
    const [key = ""] = store.values.keys();
    await store.claim(key, [], { token: "another", leaseMs: 60_000 });
    await clock.advance(60);
    isGated = true;
    expect((await send(options)).cache).toBe("stale");
    await clock.advance(2_000);
    const late = send(options);
    go();
    await clock.advance(5);
    await store.publish(key, [], { token: "another", tagVersions: [], value: undefined, ttlMs: 0 });
    await clock.advance(200);
    expect(jsonOf(await late)).toEqual({ count: 2 });
    expect(process.sent).toBe(2);
  });
});

test("R32: a response that another process invalidated during its fetch is not held in memory, and the next one is", async () => {
  const clock = fakeClock();
  // No process is notified by message.
  const store = testStore((name) => (name === "message" ? new Promise(() => {}) : Promise.resolve()));
  const { opened, go } = deferred();
  const provider = counting();
  const one = processOn({
    store,
    clock,
    async next(call) {
      const reply = await provider(call);
      await opened;
      return reply;
    },
  });
  const other = processOn({ store, clock, next: counting() });
  const before = one.send(ttl);
  await expect.poll(() => one.process.sent).toBe(1);
  await other.process.invalidate({ tags: ["things"] });
  go();
  await before;
  expect(one.process.cache.memoryBytes).toBe(0);
  expect((await one.send(ttl)).cache).toBe("miss");
  one.requested.length = 0;
  const hit = await one.send(ttl);
  expect([hit.cache, jsonOf(hit), one.requested]).toEqual(["hit", { count: 2 }, []]);
});
