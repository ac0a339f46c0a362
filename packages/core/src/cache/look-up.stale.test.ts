import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, jsonOf, keySecret } from "../../test/cache.js";
import { testStore } from "../../test/cache-store.js";
import { createReply, createTenant, rejection } from "../../test/call.js";
import { counting } from "../../test/counting.js";
import { NetworkError } from "../errors/call-errors.js";
import type { Next } from "../pipeline/policy.js";
import type { CacheOptions } from "./index.js";

const call = { tenant: createTenant("tenant-1") };
const ttl = { ttlMs: 60_000 };
const lost = () => new NetworkError("lost", { operation: "GET /things", code: undefined, maybeSent: true });

/** Two processes with one provider; the second has no memory tier. An operation of their store can be made to fail. */
function processes(headers: Record<string, string> = {}, random?: () => number) {
  const clock = fakeClock();
  let failing: string | undefined;
  const store = testStore(async (name) => {
    if (name === failing) throw new Error("unavailable");
  });
  let provider: Next = counting(headers);
  const next: Next = (call) => provider(call);
  const parts = { clock, ...(random && { random }) };
  const [one, two] = [
    cacheOf(parts, next, { store, keySecret }),
    cacheOf(parts, next, { store, keySecret, memory: false }),
  ];
  return {
    clock,
    store,
    one,
    two,
    sendOne: (options: CacheOptions) => one.send(options, call),
    sendTwo: (options: CacheOptions) => two.send(options, call),
    setProvider: (next: Next) => {
      provider = next;
    },
    setFailing: (step?: string) => {
      failing = step;
    },
  };
}

describe("the newer entry of memory and the store is used", () => {
  test("where it is in the store", async () => {
    const { clock, sendOne, sendTwo, one } = processes();
    await sendOne(ttl);
    await clock.advance(60);
    expect((await sendTwo({ ttlMs: 50 })).cache).toBe("miss");
    await clock.advance(5);
    const reply = await sendOne({ ttlMs: 50 });
    expect([reply.cache, jsonOf(reply), one.sent]).toEqual(["hit", { count: 2 }, 1]);
  });

  test("where it is in memory, because the store was unavailable", async () => {
    const { clock, sendOne, setProvider, setFailing } = processes({ etag: '"1"' });
    await sendOne(ttl);
    await clock.advance(60);
    setFailing("publish goes out");
    expect(jsonOf(await sendOne({}))).toEqual({ count: 2 });
    setFailing();
    await clock.advance(60);
    setProvider(async () => createReply(503));
    const reply = await sendOne({ ttlMs: 50, staleIfErrorMs: 1_000 });
    expect([reply.cache, jsonOf(reply)]).toEqual(["stale", { count: 2 }]);
  });
});

describe("a stale entry of the store", () => {
  test("is returned at once, and refreshed once", async () => {
    const { clock, sendTwo, two } = processes();
    const options = { ttlMs: 50, staleWhileRevalidateMs: 1_000 };
    await sendTwo(options);
    await clock.advance(60);
    const reply = await sendTwo(options);
    expect([reply.cache, jsonOf(reply)]).toEqual(["stale", { count: 1 }]);
    await clock.advance(0);
    expect(two.sent).toBe(2);
    const hit = await sendTwo(options);
    expect([hit.cache, jsonOf(hit), two.sent]).toEqual(["hit", { count: 2 }, 2]);
    await clock.advance(1_050);
    expect(jsonOf(await sendTwo(options))).toEqual({ count: 3 });
  });

  test("is not evicted by a request that fails, from the store or from memory", async () => {
    const { clock, store, sendOne, sendTwo, one, setProvider } = processes();
    await sendOne(ttl);
    const { memoryBytes } = one.cache;
    await clock.advance(60);
    for (const failure of [() => Promise.reject(lost()), async () => createReply(500)]) {
      setProvider(failure);
      await Promise.allSettled([sendOne({ ttlMs: 50 })]);
      await Promise.allSettled([sendTwo({ ttlMs: 50 })]);
      expect([one.cache.memoryBytes, store.values.size]).toEqual([memoryBytes, 1]);
      const reply = await sendTwo({ ttlMs: 50, staleIfErrorMs: 1_000 });
      expect([reply.cache, jsonOf(reply)]).toEqual(["stale", { count: 1 }]);
    }
    setProvider(() => Promise.reject(lost()));
    expect(await rejection(sendTwo({ ttlMs: 50 }))).toBeInstanceOf(NetworkError);
  });
});

describe("a refresh", () => {
  test("uses a response that another process has fetched meanwhile", async () => {
    const { clock, sendOne, sendTwo, one } = processes();
    const options = { ttlMs: 50, staleWhileRevalidateMs: 1_000 };
    await sendOne(options);
    await clock.advance(60);
    await sendTwo({ ttlMs: 50 });
    await clock.advance(5);
    expect(jsonOf(await sendOne(options))).toEqual({ count: 1 });
    await clock.advance(0);
    const hit = await sendOne(options);
    expect([hit.cache, jsonOf(hit), one.sent]).toEqual(["hit", { count: 2 }, 1]);
  });

  test("before an entry expires does not use that entry", async () => {
    const { clock, sendOne, one, setProvider } = processes({}, () => 0.01);
    const provider = counting();
    setProvider(async (call) => {
      await clock.sleep(100);
      return provider(call);
    });
    const first = sendOne({ ttlMs: 1_000 });
    await expect.poll(() => one.sent).toBe(1);
    await clock.advance(100);
    await first;
    // The random time before expiry is 4.6 times the 100 ms of the fetch.
    await clock.advance(550);
    expect((await sendOne({ ttlMs: 1_000 })).cache).toBe("hit");
    await clock.advance(100);
    expect(one.sent).toBe(2);
    expect(jsonOf(await sendOne({ ttlMs: 1_000 }))).toEqual({ count: 2 });
  });
});

test("an entry is stale exactly at the end of its time", async () => {
  const { clock, sendTwo, setProvider } = processes();
  await sendTwo({ ttlMs: 50 });
  await clock.advance(50);
  expect((await sendTwo({ ttlMs: 50 })).cache).toBe("miss");
  setProvider(async () => createReply(503));
  await clock.advance(1_050);
  expect((await sendTwo({ ttlMs: 50, staleIfErrorMs: 1_000 })).status).toBe(503);
});

test("concurrent calls that accept entries of different ages get each its own reply", async () => {
  const { clock, sendTwo, two } = processes();
  await sendTwo(ttl);
  await clock.advance(100);
  const replies = await Promise.all([sendTwo(ttl), sendTwo({ ttlMs: 50 })]);
  expect(replies.map(({ cache }) => cache)).toEqual(["hit", "miss"]);
  expect(two.sent).toBe(2);
});

test("an entry is returned up to the size that a call accepts, and not revalidated by a call that accepts less", async () => {
  const conditions: (string | undefined)[] = [];
  const acme = cacheOf({ clock: fakeClock() }, async ({ headers }) => {
    conditions.push(headers["if-none-match"]);
    return createReply(200, { etag: '"1"' }, "12345678");
  });
  const sized = (maxResponseBytes: number, options: CacheOptions = ttl) =>
    acme.send(options, { settings: { maxResponseBytes } });
  expect((await sized(1_000)).cache).toBe("miss");
  expect((await sized(10)).cache).toBe("hit");
  await sized(10, {});
  await sized(9);
  expect(conditions).toEqual([undefined, '"1"', undefined]);
});
