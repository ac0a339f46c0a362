import { fakeClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createTenant } from "../../test/call.js";
import { limitCost, tenant } from "../../test/limit-cost.js";
import { kinds } from "../../test/limit-workers.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../test/redis.js";
import { longAgoMs, perHour, windowCost, windowProcesses } from "../../test/window-processes.js";
import { mostInWindow } from "../../test/windows.js";
import { localRateLimits } from "../rate-limit/local-rate-limits.js";

const links = { "node-redis": nodeRedisConnection, ioredis: ioredisConnection, upstash: upstashConnection };
const hourMs = 3_600_000;
const lengthMs = hourMs + 250;
const open = async () => nodeRedisConnection(await startRedis());

describe.each(kinds)("R62: an idle window in Redis, by %s", (kind) => {
  test("lets all of its documented limit go at once, to all processes together, and one more when it and its margin are over", async () => {
    const { processes, reserve, start } = windowProcesses(await links[kind](await startRedis()), 2);
    const delays: number[] = [];
    for (let count = 0; count < 100; count += 1)
      delays.push((await reserve(windowCost(), processes[count % 2])).delayMs);
    expect(delays).toEqual(Array(100).fill(0));
    expect(await reserve(windowCost())).toEqual({ kind: "reserved", delayMs: lengthMs });
    // Redis remembers what a process that just ended has used: another does not earn its first window.
    expect(await reserve(windowCost(), start())).toEqual({ kind: "reserved", delayMs: lengthMs });
  });
});

test("R18: random costs, limits and pauses have the same permits as a window of one process, and no window exceeds the limit", async () => {
  const redis = await open();
  const random = seededRandom(18);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  for (let run = 0; run < 40; run += 1) {
    const { clock, processes } = windowProcesses(redis, 2);
    const own = fakeClock();
    await own.advance(longAgoMs);
    const local = localRateLimits(own);
    const size = { limit: upTo(120), perMs: hourMs };
    const owner = createTenant(`sk_test_${run}`);
    const permits: number[] = [];
    for (let count = 0; count < 60; count += 1) {
      const pauseMs = random() < 0.5 ? 0 : Math.floor(random() ** 4 * 1.5 * hourMs);
      await clock.advance(pauseMs);
      await own.advance(pauseMs);
      const cost = random() < 0.2 ? upTo(size.limit) : Math.min(size.limit, upTo(5));
      const request = { tenant: owner, scopes: ["default"], costs: [windowCost(size, cost)], waiting: () => 1 };
      const [shared, alone] = [await processes[count % 2]!.reserve(request), await local.reserve(request)];
      expect(shared.kind).toBe("reserved");
      expect(shared.delayMs).toBeCloseTo(alone.delayMs, 1);
      for (let one = 0; one < cost; one += 1) permits.push(clock.monotonic() + shared.delayMs);
    }
    expect(mostInWindow(permits, hourMs)).toBeLessThanOrEqual(size.limit);
  }
});

test("R18: a fraction of a permit is counted, and what costs more than the limit waits until the window is empty", async () => {
  const { reserve } = windowProcesses(await open(), 1);
  const size = { limit: 1, perMs: hourMs };
  const delays: number[] = [];
  for (const cost of [0.25, 0.75, 0.1, 3, 0.5]) delays.push((await reserve(windowCost(size, cost))).delayMs);
  expect(delays).toEqual([0, 0, lengthMs, 2 * lengthMs, 3 * lengthMs]);
});

test.each([1, 20])("leases of %d never permit more than the window, and use all of it", async (leaseSize) => {
  const { use, times } = windowProcesses(await open(), 4, { leaseSize });
  await use(5 * lengthMs, 0);
  expect(mostInWindow(times, hourMs)).toBeLessThanOrEqual(100);
  expect(times.filter((atMs) => atMs < 5 * lengthMs).length).toBeGreaterThanOrEqual(480);
});

describe.each([
  ["all of the window at once", 0],
  // Of an even pace for four processes, half.
  ["half of it, evenly", (8 * hourMs) / 100],
])("of processes that use %s", (_, everyMs) => {
  test("R15: after a FLUSHALL no window exceeds the limit, and the next ones are used as before", async () => {
    const redis = await open();
    const { use, times, clock } = windowProcesses(redis, 4);
    await use(2.4 * lengthMs, everyMs);
    await redis.send(["FLUSHALL"]);
    await use(lengthMs, everyMs);
    const laterMs = clock.monotonic();
    await use(3 * lengthMs, 0);
    expect(mostInWindow(times, hourMs)).toBeLessThanOrEqual(100);
    expect(times.filter((atMs) => atMs >= laterMs && atMs < laterMs + 3 * lengthMs).length).toBeGreaterThanOrEqual(280);
  });

  test.each([1, 20])(
    "R16: without Redis, and when it is back, no window exceeds the limit (leases of %d)",
    async (leaseSize) => {
      const redis = await open();
      for (const harm of ["kept its data", "lost its data"]) {
        const { use, times, clock, setUp } = windowProcesses(redis, 4, { leaseSize, prefix: harm });
        await use(2.4 * lengthMs, everyMs);
        setUp(false);
        const killedMs = clock.monotonic();
        await use(6 * lengthMs, 0);
        const backMs = clock.monotonic();
        setUp(true);
        if (harm === "lost its data") await redis.send(["FLUSHALL"]);
        await use(5 * lengthMs, 0);
        expect(mostInWindow(times, hourMs)).toBeLessThanOrEqual(110);
        const countFrom = (fromMs: number) =>
          times.filter((atMs) => atMs >= fromMs && atMs < fromMs + 3 * lengthMs).length;
        expect(countFrom(killedMs + 3 * lengthMs)).toBeGreaterThanOrEqual(280);
        expect(countFrom(backMs + 2 * lengthMs)).toBeGreaterThanOrEqual(280);
      }
    },
  );
});

test("R16: before Redis is first reached, the own part is an even pace, and no burst follows when it is there", async () => {
  const { use, times, setUp } = windowProcesses(await open(), 4, { processes: 4 });
  setUp(false);
  await use(2 * lengthMs, 0);
  setUp(true);
  await use(2 * lengthMs, 0);
  expect(mostInWindow(times, hourMs)).toBeLessThanOrEqual(108);
});

test("of a window and a GCRA limit in one request, the one that is used up decides, and the other is not used until then", async () => {
  const { processes } = windowProcesses(await open(), 1);
  const even = { ...limitCost("default 1", 0.01) };
  const reserve = (...costs: ReturnType<typeof windowCost>[]) =>
    processes[0]!.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
  expect(await reserve(windowCost({ ...perHour, limit: 1 }), even)).toEqual({ kind: "reserved", delayMs: 0 });
  expect(await reserve(windowCost({ ...perHour, limit: 1 }), even)).toEqual({
    kind: "later",
    delayMs: lengthMs - 100_000,
  });
  expect(await reserve(even)).toEqual({ kind: "reserved", delayMs: 100_000 });
  expect(await reserve(windowCost(), even)).toEqual({ kind: "later", delayMs: 200_000 });
});
