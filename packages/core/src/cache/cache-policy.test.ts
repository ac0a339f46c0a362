import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, jsonOf } from "../../test/cache.js";
import { createReply, createTenant } from "../../test/call.js";
import { counting } from "../../test/counting.js";
import type { Next } from "../pipeline/policy.js";

describe("the options of a call", () => {
  test("every call goes to the provider without options and validators", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    expect((await acme.send()).cache).toBe("miss");
    expect((await acme.send()).cache).toBe("miss");
    expect(acme.sent).toBe(2);
    expect(acme.cache.memoryBytes).toBe(0);
  });

  test("a response is returned again within ttlMs, marked as a hit", async () => {
    const clock = fakeClock();
    const acme = cacheOf({ clock }, counting());
    await acme.send({ ttlMs: 60_000 });
    await clock.advance(59_000);
    const reply = await acme.send({ ttlMs: 60_000 });
    expect(reply).toMatchObject({ cache: "hit", status: 200, attempts: [] });
    expect(jsonOf(reply)).toEqual({ count: 1 });
    await clock.advance(1_001);
    expect(jsonOf(await acme.send({ ttlMs: 60_000 }))).toEqual({ count: 2 });
  });

  test("a call does not get an entry that is older than its own ttlMs", async () => {
    const clock = fakeClock();
    const acme = cacheOf({ clock }, counting());
    await acme.send({ ttlMs: 60_000 });
    await clock.advance(10_000);
    expect((await acme.send({ ttlMs: 5_000 })).cache).toBe("miss");
    expect((await acme.send()).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
  });

  test("writes, streams, ranges, conditional requests, calls with their own credentials and `cache: false` bypass the cache", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    const ttl = { ttlMs: 60_000 };
    for (let round = 0; round < 2; round += 1) {
      await acme.send(ttl, { operation: { method: "POST", safety: "idempotent-with-key" } });
      await acme.send(ttl, { settings: { stream: true } });
      await acme.send(ttl, { headers: { range: "bytes=0-9" } });
      await acme.send(ttl, { headers: { "if-none-match": '"1"' } });
      await acme.send(ttl, { headers: { authorization: "Bearer other" } });
      await acme.send(false);
    }
    expect(acme.sent).toBe(12);
    expect(acme.cache.memoryBytes).toBe(0);
  });

  test("a read by POST is stored by its body", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    const search = (data: string) =>
      acme.send(
        { ttlMs: 60_000 },
        { operation: { method: "POST", safety: "safe" }, body: { kind: "replayable", contentType: "json", data } },
      );
    await search("a");
    await search("b");
    expect([jsonOf(await search("a")), jsonOf(await search("b"))]).toEqual([{ count: 1 }, { count: 2 }]);
  });
});

describe("404 responses", () => {
  test("are stored only by negativeTtlMs", async () => {
    const clock = fakeClock();
    const acme = cacheOf({ clock }, counting({}, 404));
    await acme.send({ ttlMs: 60_000 });
    await acme.send({ ttlMs: 60_000 });
    expect(acme.sent).toBe(2);
    await acme.send({ ttlMs: 60_000, negativeTtlMs: 1_000 });
    expect(await acme.send({ negativeTtlMs: 1_000 })).toMatchObject({ status: 404, cache: "hit" });
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("miss");
  });

  test("replace the stored response", async () => {
    const clock = fakeClock();
    let next: Next = counting();
    const acme = cacheOf({ clock }, (call) => next(call));
    await acme.send({ ttlMs: 60_000 });
    next = counting({}, 404);
    expect((await acme.send()).status).toBe(404);
    expect((await acme.send({ ttlMs: 60_000 })).status).toBe(404);
  });

  test("errors and responses that the profile classifies as failed are never stored", async () => {
    const clock = fakeClock();
    const rules = [{ when: { body: { at: ["count"], equals: 1 } }, verdict: "failed" }] as const;
    const acme = cacheOf({ clock }, counting(), { profile: { retry: { rules } } });
    await acme.send({ ttlMs: 60_000 });
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
    for (const status of [202, 206, 400, 500]) {
      const other = cacheOf({ clock }, counting({}, status));
      await other.send({ ttlMs: 60_000 });
      expect((await other.send({ ttlMs: 60_000 })).cache).toBe("miss");
    }
  });
});

describe("early refresh", () => {
  test("is done by one of many callers before the entry expires, and none waits for it", async () => {
    const clock = fakeClock();
    let count = 0;
    const acme = cacheOf({ clock, random: () => 0.01 }, async () => {
      count += 1;
      await clock.sleep(100);
      return createReply(200, {}, { count });
    });
    const first = acme.send({ ttlMs: 1_000 });
    await expect.poll(() => acme.sent).toBe(1);
    await clock.advance(100);
    await first;
    // The random time before expiry is 4.6 times the 100 ms of the fetch.
    await clock.advance(500);
    expect((await acme.send({ ttlMs: 1_000 })).cache).toBe("hit");
    expect(acme.sent).toBe(1);
    await clock.advance(50);
    const replies = await Promise.all([1, 2, 3].map(() => acme.send({ ttlMs: 1_000 })));
    expect(replies.map(({ cache }) => cache)).toEqual(["hit", "hit", "hit"]);
    expect(acme.sent).toBe(2);
    await clock.advance(100);
    expect(jsonOf(await acme.send({ ttlMs: 1_000 }))).toEqual({ count: 2 });
  });
});

test("tenants of one cache share no entries, even if two clients give them the same number", async () => {
  const acme = cacheOf({ clock: fakeClock() }, counting());
  const other = cacheOf({ clock: fakeClock() }, counting(), { cache: acme.cache });
  const named = (secret: string) => ({
    ...createTenant("tenant 1"),
    credentialRef: { derive: <T>(from: (text: string) => T) => from(secret) },
  });
  await acme.send({ ttlMs: 60_000 }, { tenant: named("one") });
  expect((await other.send({ ttlMs: 60_000 }, { tenant: named("two") })).cache).toBe("miss");
  expect((await other.send({ ttlMs: 60_000 }, { tenant: named("one") })).cache).toBe("hit");
});

test("memory holds no more than maxBytes", async () => {
  const acme = cacheOf({ clock: fakeClock() }, async () => createReply(200, {}, "x".repeat(10_000)), {
    memory: { maxBytes: 100_000 },
  });
  for (let id = 0; id < 100; id += 1) await acme.send({ ttlMs: 60_000 }, { url: `https://api.acme.test/things/${id}` });
  expect(acme.cache.memoryBytes).toBeGreaterThan(80_000);
  expect(acme.cache.memoryBytes).toBeLessThanOrEqual(100_000);
  expect((await acme.send({ ttlMs: 60_000 }, { url: "https://api.acme.test/things/99" })).cache).toBe("hit");
});
