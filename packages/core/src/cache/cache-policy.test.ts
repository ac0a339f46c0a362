import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, jsonOf } from "../../test/cache.js";
import { createReply, createTenant, rejection } from "../../test/call.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { NetworkError } from "../errors/network-error.js";
import type { Next } from "../pipeline/policy.js";
import { timedOut } from "../pipeline/timed-out.js";

/** A provider that counts its answers. */
function counting(headers: Record<string, string> = {}, status = 200): Next {
  let count = 0;
  return async () => {
    count += 1;
    return createReply(status, headers, { count });
  };
}

const lost = () => new NetworkError("lost", { operation: "GET /things", code: undefined, maybeSent: true });

describe("what a call asks for", () => {
  test("without a wish and without validators every call goes to the provider", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    expect((await acme.send()).cache).toBe("miss");
    expect((await acme.send()).cache).toBe("miss");
    expect(acme.sent).toBe(2);
    expect(acme.cache.memoryBytes).toBe(0);
  });

  test("within ttlMs an answer is given again, and says that it was", async () => {
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

  test("a call that accepts less is not given what another accepts", async () => {
    const clock = fakeClock();
    const acme = cacheOf({ clock }, counting());
    await acme.send({ ttlMs: 60_000 });
    await clock.advance(10_000);
    expect((await acme.send({ ttlMs: 5_000 })).cache).toBe("miss");
    expect((await acme.send()).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
  });

  test("writes, streams, parts, conditions, credentials of a call's own and `cache: false` pass by", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    const ttl = { ttlMs: 60_000 };
    for (let round = 0; round < 2; round += 1) {
      await acme.send(ttl, { operation: { method: "POST", safety: "keyed" } });
      await acme.send(ttl, { settings: { stream: true } });
      await acme.send(ttl, { headers: { range: "bytes=0-9" } });
      await acme.send(ttl, { headers: { "if-none-match": '"1"' } });
      await acme.send(ttl, { headers: { authorization: "Bearer other" } });
      await acme.send(false);
    }
    expect(acme.sent).toBe(12);
    expect(acme.cache.memoryBytes).toBe(0);
  });

  test("a read by POST is kept by its body", async () => {
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

  test.each([
    [{ ttl: 5 }, "there is no option `cache.ttl`"],
    [{ ttlMs: -1 }, "cache.ttlMs must be a number of milliseconds"],
    [{ ttlMs: "5" }, "cache.ttlMs must be a number of milliseconds"],
    [{ tags: "prices" }, "cache.tags must be a list of strings"],
  ])("%j is a ConfigurationError", async (wish, message) => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    const error = await rejection((async () => acme.send(wish as object))());
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain(message);
  });
});

describe("stale answers", () => {
  const wish = { ttlMs: 1_000, staleWhileRevalidateMs: 10_000 };

  test("R31: a stale one within its grace is given at once, with exactly one refresh", async () => {
    const clock = fakeClock();
    let end = () => {};
    let count = 0;
    const acme = cacheOf({ clock }, async () => {
      count += 1;
      if (count > 1) await new Promise<void>((resolve) => (end = resolve));
      return createReply(200, {}, { count });
    });
    await acme.send(wish);
    await clock.advance(2_000);
    const before = performance.now();
    const replies = await Promise.all(Array.from({ length: 100 }, () => acme.send(wish)));
    expect((performance.now() - before) / 100).toBeLessThanOrEqual(5);
    expect(replies.map(({ cache }) => cache)).toEqual(Array(100).fill("stale"));
    expect(acme.sent).toBe(2);
    end();
    await clock.advance(0);
    expect(await acme.send(wish)).toMatchObject({ cache: "hit" });
    expect(jsonOf(await acme.send(wish))).toEqual({ count: 2 });
    expect(acme.sent).toBe(2);
  });

  test("R31: a refresh that fails evicts nothing, and is no call's failure", async () => {
    const clock = fakeClock();
    let isDown = false;
    const up = counting();
    const acme = cacheOf({ clock }, async (call) => {
      if (isDown) throw lost();
      return up(call);
    });
    await acme.send(wish);
    isDown = true;
    await clock.advance(2_000);
    for (let round = 0; round < 3; round += 1) {
      expect((await acme.send(wish)).cache).toBe("stale");
      await clock.advance(10);
    }
    expect(acme.sent).toBe(4);
    await clock.advance(10_000);
    expect(await rejection(acme.send(wish))).toBeInstanceOf(NetworkError);
  });

  test("a refresh that nobody waits for has the call's time, and then ends", async () => {
    const clock = fakeClock();
    let reason: unknown;
    let count = 0;
    const acme = cacheOf({ clock }, (call) => {
      count += 1;
      if (count === 1) return Promise.resolve(createReply(200, {}, {}));
      return new Promise((_, reject) =>
        call.signal.addEventListener("abort", () => {
          reason = call.signal.reason;
          reject(reason);
        }),
      );
    });
    const deadline = { atMs: 5_000, allowedMs: 5_000 };
    await acme.send(wish, { deadline });
    await clock.advance(2_000);
    await acme.send(wish, { deadline });
    await clock.advance(4_999);
    expect(reason).toBeUndefined();
    await clock.advance(1);
    expect(reason).toMatchObject({ limit: "deadline" });
    expect(clock.pendingTimers).toBe(0);
  });

  test.each([
    ["a 503", async () => createReply(503)],
    ["a 429", async () => createReply(429)],
    [
      "no answer",
      async () => {
        throw lost();
      },
    ],
    [
      "an attempt that took too long",
      async () => {
        throw timedOut("GET /things", "attempt", 100);
      },
    ],
  ] as const)("R31: after %s the old answer is given within staleIfErrorMs, and no later", async (_, failure) => {
    const clock = fakeClock();
    let next: Next = counting();
    const acme = cacheOf({ clock }, (call) => next(call));
    const patient = { ttlMs: 1_000, staleIfErrorMs: 60_000 };
    await acme.send(patient);
    next = failure;
    await clock.advance(30_000);
    const reply = await acme.send(patient);
    expect(reply.cache).toBe("stale");
    expect(jsonOf(reply)).toEqual({ count: 1 });
    await clock.advance(31_001);
    const late = await acme.send(patient).catch((error: Error) => error);
    expect("cache" in late ? late.cache : late).not.toBe("stale");
  });

  test("R31: when the caller's own time is up, it gets the old answer", async () => {
    const clock = fakeClock();
    let next: Next = counting();
    const acme = cacheOf({ clock }, (call) => next(call));
    const patient = { ttlMs: 1_000, staleIfErrorMs: 60_000 };
    await acme.send(patient);
    await clock.advance(2_000);
    next = () => new Promise(() => {});
    const controller = new AbortController();
    const reply = acme.send(patient, { signal: controller.signal });
    controller.abort(timedOut("GET /things", "deadline", 10));
    expect((await reply).cache).toBe("stale");
    await clock.advance(60_000);
    const late = new AbortController();
    const tooOld = rejection(acme.send(patient, { signal: late.signal }));
    late.abort(timedOut("GET /things", "deadline", 10));
    expect(await tooOld).toMatchObject({ name: "TimeoutError" });
    const other = new AbortController();
    const aborted = acme.send(patient, { signal: other.signal });
    other.abort("enough");
    expect(await rejection(aborted)).toBe("enough");
  });

  test("a 400 is the caller's, whatever may be stale", async () => {
    const clock = fakeClock();
    let next: Next = counting();
    const acme = cacheOf({ clock }, (call) => next(call));
    await acme.send({ ttlMs: 1, staleIfErrorMs: 60_000 });
    await clock.advance(10);
    next = async () => createReply(400);
    expect(await acme.send({ ttlMs: 1, staleIfErrorMs: 60_000 })).toMatchObject({ status: 400, cache: "miss" });
  });
});

describe("answers that something is not there", () => {
  test("are kept only by negativeTtlMs", async () => {
    const clock = fakeClock();
    const acme = cacheOf({ clock }, counting({}, 404));
    await acme.send({ ttlMs: 60_000 });
    await acme.send({ ttlMs: 60_000 });
    expect(acme.sent).toBe(2);
    await acme.send({ ttlMs: 60_000, negativeTtlMs: 1_000 });
    expect(await acme.send({ negativeTtlMs: 1_000 })).toMatchObject({ status: 404, cache: "hit" });
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("miss");
  });

  test("take the place of what was there", async () => {
    const clock = fakeClock();
    let next: Next = counting();
    const acme = cacheOf({ clock }, (call) => next(call));
    await acme.send({ ttlMs: 60_000 });
    next = counting({}, 404);
    expect((await acme.send()).status).toBe(404);
    expect((await acme.send({ ttlMs: 60_000 })).status).toBe(404);
  });

  test("errors and answers that the profile calls failures are never kept", async () => {
    const clock = fakeClock();
    const rules = [{ when: { body: { at: ["count"], equals: 1 } }, verdict: "failed" }] as const;
    const acme = cacheOf({ clock }, counting(), {}, { retry: { rules } });
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
  test("of many callers one refreshes before the answer runs out, and none waits for it", async () => {
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
    // Chance says 4.6 times the 100 ms that it takes.
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

describe("calling back", () => {
  test("by tag and by operation, and nothing else", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    const prices = { ttlMs: 60_000, tags: ["prices"] };
    const other = { operation: { id: "GET /others", path: "/others" }, url: "https://api.acme.test/others" };
    await acme.send(prices);
    await acme.send({ ttlMs: 60_000 }, other);
    await acme.invalidate({ tags: ["else"] });
    expect((await acme.send(prices)).cache).toBe("hit");
    await acme.invalidate({ tags: ["prices"] });
    expect((await acme.send(prices)).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 }, other)).cache).toBe("hit");
    await acme.invalidate({ operation: { method: "GET", path: "/others" } });
    expect((await acme.send({ ttlMs: 60_000 }, other)).cache).toBe("miss");
    expect((await acme.send(prices)).cache).toBe("hit");
    await acme.invalidate({ operation: "GET /things" });
    expect((await acme.send(prices)).cache).toBe("miss");
  });

  test("a call is not given an answer that its tags cannot call back", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    await acme.send({ ttlMs: 60_000 });
    expect((await acme.send({ ttlMs: 60_000, tags: ["prices"] })).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
    await acme.invalidate({ tags: ["prices"] });
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("miss");
  });

  test("R32: what began before is not kept, and not joined by who comes after", async () => {
    const ends: (() => void)[] = [];
    let count = 0;
    const acme = cacheOf({ clock: fakeClock() }, async () => {
      count += 1;
      const mine = count;
      await new Promise<void>((resolve) => ends.push(resolve));
      return createReply(200, {}, { count: mine });
    });
    const before = acme.send({ ttlMs: 60_000 });
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    await acme.invalidate({ operation: "GET /things" });
    const after = acme.send({ ttlMs: 60_000 });
    await expect.poll(() => ends.length).toBeGreaterThan(1);
    // The old one comes last, and takes nothing's place.
    ends[1]?.();
    const fresh = jsonOf(await after);
    ends[0]?.();
    expect(jsonOf(await before)).not.toEqual(fresh);
    const hit = await acme.send({ ttlMs: 60_000 });
    expect([hit.cache, jsonOf(hit)]).toEqual(["hit", fresh]);
  });
});

test("tenants of one cache share nothing, also those that two clients number alike", async () => {
  const acme = cacheOf({ clock: fakeClock() }, counting());
  const other = cacheOf({ clock: fakeClock() }, counting(), acme.cache);
  const named = (secret: string) => ({
    ...createTenant("tenant 1"),
    derive: <T>(from: (text: string) => T) => from(secret),
  });
  await acme.send({ ttlMs: 60_000 }, { tenant: named("one") });
  expect((await other.send({ ttlMs: 60_000 }, { tenant: named("two") })).cache).toBe("miss");
  expect((await other.send({ ttlMs: 60_000 }, { tenant: named("one") })).cache).toBe("hit");
});

test("memory holds no more than its bytes", async () => {
  const acme = cacheOf({ clock: fakeClock() }, async () => createReply(200, {}, "x".repeat(10_000)), {
    memory: { maxBytes: 100_000 },
  });
  for (let id = 0; id < 100; id += 1) await acme.send({ ttlMs: 60_000 }, { url: `https://api.acme.test/things/${id}` });
  expect(acme.cache.memoryBytes).toBeGreaterThan(80_000);
  expect(acme.cache.memoryBytes).toBeLessThanOrEqual(100_000);
  expect((await acme.send({ ttlMs: 60_000 }, { url: "https://api.acme.test/things/99" })).cache).toBe("hit");
});
