import { fakeClock, instantClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall, createTenant, rejection } from "../../test/call.js";
import { pause } from "../../test/pause.js";
import { mostInWindow } from "../../test/windows.js";
import { QuotaExceededError } from "../errors/call-errors.js";
import type { RateLimit } from "../provider/profile.js";
import { localRateLimits } from "./local-rate-limits.js";
import type { LimitCost, RateLimitStore, Reservation } from "./rate-limit-store.js";
import { createRateLimiter } from "./rate-limiter.js";
import { ThrottleState } from "./throttle-state.js";

const tenPerSecond: RateLimit = { bucket: "default", limit: 10, perMs: 1_000 };
const slots = { concurrency: Infinity, maxQueued: Infinity };
const atOnce: Reservation = { kind: "reserved", delayMs: 0 };
type Parts = Parameters<typeof createCall>[0];

/** A limiter on a still clock; `timesOf` lets so many calls come at once, and tells when each passed. */
function limiterOf(limits: readonly RateLimit[]) {
  const clock = fakeClock();
  const limiter = createRateLimiter({
    profile: {},
    strategies: {},
    limits,
    store: localRateLimits(clock),
    slots,
    clock,
  });
  const timesOf = async (calls: readonly Parts[], forMs = 10_000) => {
    const startedAtMs = clock.monotonic();
    const times: number[] = [];
    calls.forEach((parts, index) => {
      const note = () => {
        times[index] = Math.round(clock.monotonic() - startedAtMs);
      };
      const turn = limiter.acquire(createCall(parts));
      if (turn instanceof Promise) void turn.then(note);
      else note();
    });
    await clock.advance(forMs);
    return times;
  };
  return { clock, limiter, timesOf };
}

const many = (count: number, parts: Parts = {}) => Array.from({ length: count }, () => parts);

test("without a documented limit, calls pass at once", async () => {
  const { timesOf, limiter } = limiterOf([]);
  expect(limiter.acquire(createCall())).toBeTypeOf("function");
  expect(Math.max(...(await timesOf(many(1_000))))).toBe(0);
});

test("waiting calls pass also with a clock whose time only advances by sleeping", async () => {
  const clock = instantClock();
  const limiter = createRateLimiter({
    profile: {},
    strategies: {},
    limits: [tenPerSecond],
    store: localRateLimits(clock),
    slots,
    clock,
  });
  for (let i = 0; i < 5; i += 1) (await limiter.acquire(createCall()))();
  expect(clock.waits.map(Math.round)).toEqual([100, 100, 100, 100]);
});

test("tenants and buckets have quotas of their own", async () => {
  const { timesOf } = limiterOf([tenPerSecond, { ...tenPerSecond, bucket: "search" }]);
  const search = { operation: { id: "GET /search", bucket: "search" } };
  const other = { tenant: createTenant("tenant-2") };
  expect(await timesOf([{}, search, other, {}, search, other])).toEqual([0, 0, 0, 100, 100, 100]);
});

test("calls of a bucket without a limit do not wait", async () => {
  const { timesOf } = limiterOf([tenPerSecond]);
  expect(await timesOf(many(3, { operation: { bucket: "uploads" } }))).toEqual([0, 0, 0]);
});

test("of several limits on a bucket, the slowest one decides", async () => {
  const { timesOf } = limiterOf([
    { ...tenPerSecond, burst: 5 },
    { ...tenPerSecond, limit: 6, perMs: 60_000, burst: 2 },
  ]);
  expect(await timesOf(many(4), 60_000)).toEqual([0, 0, 12_000, 24_000]);
});

test("a limit per operation counts each operation separately", async () => {
  const { timesOf } = limiterOf([{ ...tenPerSecond, per: "operation", limit: 2 }]);
  const a = { operation: { id: "GET /a" } };
  const b = { operation: { id: "GET /b" } };
  expect(await timesOf([a, a, b, b])).toEqual([0, 500, 0, 500]);
});

test("a call has the cost of its method, and does not wait where that is 0", async () => {
  const { timesOf } = limiterOf([
    { bucket: "default", limit: 900, perMs: 60_000, burst: 1, costs: { POST: 5, OPTIONS: 0, "*": 1 } },
  ]);
  const [first, post, get, options] = await timesOf([
    {},
    { operation: { method: "POST" } },
    {},
    { operation: { method: "OPTIONS" } },
  ]);
  expect([first, Math.round(post ?? 0), Math.round(get ?? 0)]).toEqual([0, 333, 667]);
  // A call that costs nothing does not wait behind calls that do.
  expect(options).toBe(0);
});

test("a method that `costs` does not name has the cost of `*`", async () => {
  const { timesOf } = limiterOf([{ ...tenPerSecond, limit: 12, burst: 3, costs: { POST: 1, "*": 3 } }]);
  expect(await timesOf([{ operation: { method: "POST" } }, {}, {}])).toEqual([0, 100, 400]);
});

test("reads do not wait for a limit that applies to writes only", async () => {
  const writes: RateLimit = { bucket: "default", limit: 1, perMs: 60_000, costs: { POST: 1, "*": 0 } };
  const { timesOf } = limiterOf([tenPerSecond, writes]);
  const post = { operation: { method: "POST" } };
  expect(await timesOf([post, post, {}, {}], 70_000)).toEqual([0, 60_000, 100, 200]);
});

test("a call that cannot pass before its deadline, because others wait, is rejected at once", async () => {
  const { limiter, timesOf } = limiterOf([tenPerSecond, { ...tenPerSecond, limit: 100 }]);
  await timesOf(many(11), 0);
  const withEarlyDeadline = createCall({ deadline: { atMs: 900, allowedMs: 900 } });
  expect(await rejection(Promise.resolve(limiter.acquire(withEarlyDeadline)))).toBeInstanceOf(QuotaExceededError);
});

test("R18: calls with different costs never exceed the limit in any window", async () => {
  const { timesOf } = limiterOf([{ bucket: "default", limit: 50, perMs: 1_000, costs: { POST: 5, "*": 1 } }]);
  const methods = Array.from({ length: 200 }, (_, index) => (index % 7 === 0 ? "POST" : "GET"));
  const times = await timesOf(many(0).concat(methods.map((method) => ({ operation: { method } }))), 20_000);
  const costs = times.flatMap((time, index) => many(methods[index] === "POST" ? 5 : 1).map(() => time));
  expect(costs).toHaveLength(200 + 29 * 4);
  expect(mostInWindow(costs, 999.999)).toBeLessThanOrEqual(50);
});

test("calls of one fairness key go in order, and keys take turns", async () => {
  const { timesOf } = limiterOf([tenPerSecond]);
  const noisy = many(20, { settings: { fairnessKey: "noisy" } });
  const times = await timesOf([...noisy, { settings: { fairnessKey: "quiet" } }]);
  expect(times[20]).toBeLessThanOrEqual(200);
  expect(times.slice(0, 20)).toEqual(times.slice(0, 20).sort((a, b) => a - b));
});

test("a pause holds back all calls of that tenant's bucket, and no others", async () => {
  const { limiter, timesOf } = limiterOf([tenPerSecond, { ...tenPerSecond, bucket: "search" }]);
  pause(limiter, createCall(), 5_000);
  const search = { operation: { id: "GET /search", bucket: "search" } };
  const other = { tenant: createTenant("tenant-2") };
  // The first call after the pause is a probe, for whose response the second waits a second at most.
  expect(await timesOf([{}, {}, search, other])).toEqual([5_000, 6_000, 0, 0]);
});

test("a pause of a bucket that no limit names holds back all its operations", async () => {
  const { limiter, timesOf } = limiterOf([]);
  pause(limiter, createCall({ operation: { id: "GET /a" } }), 5_000);
  const elsewhere = { operation: { id: "GET /c", bucket: "search" } };
  expect(await timesOf([{ operation: { id: "GET /b" } }, elsewhere])).toEqual([5_000, 0]);
});

test("a pause of an operation that has a quota of its own holds back no other", async () => {
  const { limiter, timesOf } = limiterOf([{ ...tenPerSecond, per: "operation" }]);
  const [a, b] = [{ operation: { id: "GET /a" } }, { operation: { id: "GET /b" } }];
  pause(limiter, createCall(a), 5_000);
  expect(await timesOf([a, b])).toEqual([5_000, 0]);
});

test("a store may create the states, by tenant and scope: a pause of another process applies here, and the store learns about ours", async () => {
  const clock = fakeClock();
  const created: string[] = [];
  const states = new Map<string, ThrottleState>();
  const store: RateLimitStore = {
    reserve: () => atOnce,
    createThrottle({ tenant, scope }) {
      created.push(`${tenant.id} ${scope}`);
      const state = new ThrottleState();
      states.set(scope, state);
      return state;
    },
  };
  const limiter = createRateLimiter({ profile: {}, strategies: {}, limits: [tenPerSecond], store, slots, clock });
  expect(limiter.acquire(createCall())).toBeTypeOf("function");
  states.get("default")?.pause(3_000, clock.monotonic());
  const turn = limiter.acquire(createCall());
  expect(turn).toBeInstanceOf(Promise);
  await clock.advance(3_000);
  await turn;
  pause(limiter, createCall(), 7_000);
  expect(states.get("default")?.blockedUntilMs()).toBe(10_000);
  expect(created).toEqual(["tenant-1 default"]);
});

test("a store is not asked for what costs nothing, but for the probe after a pause", async () => {
  let requests = 0;
  const store: RateLimitStore = {
    reserve() {
      requests += 1;
      return atOnce;
    },
  };
  const clock = fakeClock();
  const limits = [{ ...tenPerSecond, costs: { OPTIONS: 0 } }];
  const limiter = createRateLimiter({ profile: {}, strategies: {}, limits, store, slots, clock });
  const free = createCall({ operation: { method: "OPTIONS" } });
  expect(limiter.acquire(free)).toBeTypeOf("function");
  expect(requests).toBe(0);
  pause(limiter, free, 700);
  const waiting = [limiter.acquire(free), limiter.acquire(free)];
  await clock.advance(2_000);
  await Promise.all(waiting);
  expect(requests).toBe(1);
});

test("a store is asked by tenant and bucket for all limits at once, with the cost of each", () => {
  const requested: [string, string, readonly LimitCost[]][] = [];
  const store: RateLimitStore = {
    reserve({ tenant, scopes, costs }) {
      requested.push([tenant.id, scopes.join(), costs]);
      return atOnce;
    },
  };
  const limits = [tenPerSecond, { ...tenPerSecond, per: "operation", costs: { POST: 3 } }] as const;
  void createRateLimiter({ profile: {}, strategies: {}, limits, store, slots, clock: fakeClock() }).acquire(
    createCall({ operation: { method: "POST", id: "POST /a" } }),
  );
  const gcra = { intervalMs: expect.closeTo(100, 3), toleranceMs: expect.closeTo(100, 3) };
  const shares = [
    { name: "default 0", gcra, cost: 1 },
    { name: "default 1 POST /a", gcra, cost: 3 },
  ];
  expect(requested).toEqual([["tenant-1", "default", shares]]);
});

test("100,000 calls within the limit pass at once, and the next one waits", () => {
  const limit = { ...tenPerSecond, limit: 1_000_000, burst: 100_000 };
  const { limiter } = limiterOf([limit]);
  const call = createCall();
  let waiting = 0;
  for (let count = 0; count < 100_000; count += 1) if (limiter.acquire(call) instanceof Promise) waiting += 1;
  expect(waiting).toBe(0);
  expect(limiter.acquire(call)).toBeInstanceOf(Promise);
});
