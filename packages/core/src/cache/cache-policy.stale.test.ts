import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, jsonOf } from "../../test/cache.js";
import { createReply, rejection } from "../../test/call.js";
import { counting } from "../../test/counting.js";
import { NetworkError } from "../errors/call-errors.js";
import type { Deadline } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import { createTimeoutError } from "../pipeline/with-timeout.js";

const lost = () => new NetworkError("lost", { operation: "GET /things", code: undefined, maybeSent: true });

describe("stale responses", () => {
  const options = { ttlMs: 1_000, staleWhileRevalidateMs: 10_000 };

  test("R31: 100 calls within staleWhileRevalidateMs get the stale response at once, and cause one refresh", async () => {
    const clock = fakeClock();
    let end = () => {};
    let count = 0;
    const acme = cacheOf({ clock }, async () => {
      count += 1;
      if (count > 1) await new Promise<void>((resolve) => (end = resolve));
      return createReply(200, {}, { count });
    });
    await acme.send(options);
    await clock.advance(2_000);
    const replies = await Promise.all(Array.from({ length: 100 }, () => acme.send(options)));
    expect(replies.map(({ cache }) => cache)).toEqual(Array(100).fill("stale"));
    expect(acme.sent).toBe(2);
    end();
    await clock.advance(0);
    expect(await acme.send(options)).toMatchObject({ cache: "hit" });
    expect(jsonOf(await acme.send(options))).toEqual({ count: 2 });
    expect(acme.sent).toBe(2);
  });

  test("R31: a failed refresh evicts no entry, and is not an error of the call that caused it", async () => {
    const clock = fakeClock();
    let isDown = false;
    const up = counting();
    const acme = cacheOf({ clock }, async (call) => {
      if (isDown) throw lost();
      return up(call);
    });
    await acme.send(options);
    isDown = true;
    await clock.advance(2_000);
    for (let round = 0; round < 3; round += 1) {
      expect((await acme.send(options)).cache).toBe("stale");
      await clock.advance(10);
    }
    expect(acme.sent).toBe(4);
    await clock.advance(10_000);
    expect(await rejection(acme.send(options))).toBeInstanceOf(NetworkError);
  });

  test("a refresh in the background has the time of its call, counted from its own start, and is aborted after it", async () => {
    const clock = fakeClock();
    let reason: unknown;
    let given: Deadline | undefined;
    let count = 0;
    const acme = cacheOf({ clock }, (call) => {
      count += 1;
      given = call.deadline;
      if (count === 1) return Promise.resolve(createReply(200, {}, {}));
      return new Promise((_, reject) =>
        call.signal.addEventListener("abort", () => {
          reason = call.signal.reason;
          reject(reason);
        }),
      );
    });
    const deadline = { atMs: 5_000, allowedMs: 5_000 };
    await acme.send(options, { deadline });
    await clock.advance(2_000);
    await acme.send(options, { deadline });
    await clock.advance(4_999);
    expect(given).toEqual({ atMs: 7_000, allowedMs: 5_000 });
    expect(reason).toBeUndefined();
    await clock.advance(1);
    expect(reason).toMatchObject({ limit: "deadline" });
    expect(clock.pendingTimers).toBe(0);
  });

  test.each([
    ["a 503", async () => createReply(503)],
    ["a 429", async () => createReply(429)],
    [
      "no response",
      async () => {
        throw lost();
      },
    ],
    [
      "an attempt that took too long",
      async () => {
        throw createTimeoutError("GET /things", "attempt", 100);
      },
    ],
  ] as const)(
    "R31: after %s the stale response is returned within staleIfErrorMs, and not later",
    async (_, failure) => {
      const clock = fakeClock();
      let next: Next = counting();
      const acme = cacheOf({ clock }, (call) => next(call));
      const staleIfError = { ttlMs: 1_000, staleIfErrorMs: 60_000 };
      await acme.send(staleIfError);
      next = failure;
      await clock.advance(30_000);
      const reply = await acme.send(staleIfError);
      expect(reply.cache).toBe("stale");
      expect(jsonOf(reply)).toEqual({ count: 1 });
      await clock.advance(31_001);
      const late = await acme.send(staleIfError).catch((error: Error) => error);
      expect("cache" in late ? late.cache : late).not.toBe("stale");
    },
  );

  test("R31: at its deadline a call gets the stale response within staleIfErrorMs, and a call that its caller aborts does not", async () => {
    const clock = fakeClock();
    let next: Next = counting();
    const acme = cacheOf({ clock }, (call) => next(call));
    const staleIfError = { ttlMs: 1_000, staleIfErrorMs: 60_000 };
    await acme.send(staleIfError);
    await clock.advance(2_000);
    next = () => new Promise(() => {});
    const atDeadline = new AbortController();
    const reply = acme.send(staleIfError, { signal: atDeadline.signal });
    atDeadline.abort(createTimeoutError("GET /things", "deadline", 10));
    expect((await reply).cache).toBe("stale");
    const byCaller = new AbortController();
    const aborted = rejection(acme.send(staleIfError, { signal: byCaller.signal }));
    byCaller.abort("enough");
    expect(await aborted).toBe("enough");
    await clock.advance(60_000);
    const late = new AbortController();
    const tooOld = rejection(acme.send(staleIfError, { signal: late.signal }));
    late.abort(createTimeoutError("GET /things", "deadline", 10));
    expect(await tooOld).toMatchObject({ name: "TimeoutError" });
    const lateByCaller = new AbortController();
    const lateAborted = acme.send(staleIfError, { signal: lateByCaller.signal });
    lateByCaller.abort("enough");
    expect(await rejection(lateAborted)).toBe("enough");
  });

  test("a 400 is returned, also where a stale response is within staleIfErrorMs", async () => {
    const clock = fakeClock();
    let next: Next = counting();
    const acme = cacheOf({ clock }, (call) => next(call));
    await acme.send({ ttlMs: 1, staleIfErrorMs: 60_000 });
    await clock.advance(10);
    next = async () => createReply(400);
    expect(await acme.send({ ttlMs: 1, staleIfErrorMs: 60_000 })).toMatchObject({ status: 400, cache: "miss" });
  });
});
