import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "@connectry/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { limitCost, limitCosts, tenant, windowKinds } from "../../test/limit-cost.js";
import { kinds, perSecond, reachOf, runAll, startLimitWorkers, sumUp } from "../../test/limit-workers.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../test/redis.js";
import { serveWith } from "../../test/serve.js";
import { countWaits } from "../../test/settles-at-once.js";
import { machineMs, mostInWindow } from "../../test/windows.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { redisRateLimits } from "./redis-rate-limits.js";

const links = { "node-redis": nodeRedisConnection, ioredis: ioredisConnection, upstash: upstashConnection };
const secondUs = 1_000_000;

describe.each(kinds)("by %s", (kind) => {
  test.each(windowKinds)(
    "R12, R13: 3 processes with clocks minutes apart, at 100 a second for 2 s: at most 100 in any second, one trip for a permit, no failure (%s)",
    async (window) => {
      const workers = await startLimitWorkers(await reachOf(kind, await startRedis()), 3, (index) => ({
        limits: perSecond(100, window),
        skewMs: (index - 1) * 300_000,
      }));
      const { permitsUs, passed, failures, trips } = sumUp(await runAll(workers, 2_000));
      expect(failures).toEqual([]);
      expect(mostInWindow(permitsUs, secondUs)).toBeLessThanOrEqual(100);
      expect(passed.length).toBeGreaterThan(20);
      expect(trips).toBeLessThanOrEqual(permitsUs.length);
    },
  );

  test("R22: a 429 that one process sees holds back all of them, until its Retry-After is over", async () => {
    const times: number[] = [];
    let refusedAtMs = Infinity;
    const server = await serveWith(() => {
      const nowMs = machineMs();
      times.push(nowMs);
      if (times.length !== 40) return { body: {} };
      refusedAtMs = nowMs;
      return { status: 429, headers: { "retry-after-ms": "700" } };
    });
    const workers = await startLimitWorkers(await reachOf(kind, await startRedis()), 3);
    const failed = await Promise.all(workers.map((worker) => worker.call("callAcme", server.url, perSecond(100), 40)));
    expect(failed.reduce((sum, count) => sum + count, 0)).toBe(1);
    // All 120 were sent, but during the pause only those that were under way: it has room for 70.
    expect(times).toHaveLength(120);
    const during = times.filter((atMs) => atMs > refusedAtMs && atMs < refusedAtMs + 700);
    expect(during.length).toBeLessThan(25);
  });

  test("R17: on a Redis that accepts and never responds, the first call waits for it, and no other one", async () => {
    const server = await startRedis();
    const { redis, waits } = countWaits(await links[kind](server, { timeoutMs: 500 }));
    const limits = redisRateLimits({ redis, keySecret: "secret" });
    const costs = [limitCost("default 0", 1_000_000)];
    const reserve = () => limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
    // On a busy machine the first reply may take longer than that, too.
    await expect.poll(async () => (await reserve()) && redis.isUp, { timeout: 20_000 }).toBe(true);
    server.stop();
    const before = waits();
    await reserve();
    expect(waits()).toBe(before + 1);
    for (let count = 0; count < 1_000; count += 1) await reserve();
    expect(waits()).toBe(before + 1);
    server.resume();
  });
});

test.each(windowKinds)("R14: SCRIPT FLUSH every 100 ms costs no error and no extra permit (%s)", async (window) => {
  const server = await startRedis();
  const redis = await ioredisConnection(server);
  const workers = await startLimitWorkers(await reachOf("node-redis", server), 3, () => ({
    limits: perSecond(100, window),
  }));
  const flushing = setInterval(() => void redis.send(["SCRIPT", "FLUSH"]).catch(() => {}), 100);
  onTestFinished(() => clearInterval(flushing));
  const { permitsUs, passed, failures } = sumUp(await runAll(workers, 1_500));
  expect(failures).toEqual([]);
  expect(mostInWindow(permitsUs, secondUs)).toBeLessThanOrEqual(100);
  expect(passed.length).toBeGreaterThan(20);
});

test.each(windowKinds)(
  "R16: Redis killed for a second: no call fails, and all processes share limits again afterwards (%s)",
  async (window) => {
    const server = await startRedis();
    const workers = await startLimitWorkers(await reachOf("node-redis", server), 4, () => ({
      limits: perSecond(100, window),
    }));
    const running = runAll(workers, 5_000);
    await sleep(1_200);
    await server.kill();
    await sleep(1_000);
    await server.restart();
    const backAtMs = machineMs();
    const runs = await running;
    expect(sumUp(runs).failures).toEqual([]);
    for (const { sharedAtMs } of runs) expect(sharedAtMs.some((atMs) => atMs > backAtMs)).toBe(true);
  },
);

test.each([
  ["gcra", [0, 5, 10, 15]],
  // Of a window longer by its margin of 100 ms.
  ["sliding", [0, 5.5, 11, 16.5]],
] as const)(
  "R16: without Redis from the start, each process goes on with the part that `processes` says (%s)",
  async (window, seconds) => {
    const server = await startRedis();
    const redis = await nodeRedisConnection(server);
    await server.kill();
    const limits = redisRateLimits({ redis, keySecret: "secret", processes: 5 });
    const delays: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { delayMs } = await limits.reserve({
        tenant,
        scopes: ["default"],
        costs: [limitCosts[window]("default 0", 1)],
        waiting: () => 1,
      });
      delays.push(Math.round(delayMs / 100) / 10);
    }
    expect(delays).toEqual(seconds);
  },
);

test.each(windowKinds)(
  "R20: half of the waiters of 3 processes give up, and no permit is reserved in vain (%s)",
  async (window) => {
    const workers = await startLimitWorkers(await reachOf("node-redis", await startRedis()), 3, () => ({
      limits: perSecond(100, window),
    }));
    const { permitsUs, passed, failures, trips } = sumUp(
      await runAll(workers, 3_000, { lanes: 20, abortedShare: 0.5 }),
    );
    expect(failures).toEqual([]);
    expect(passed.length).toBeGreaterThan(20);
    expect(mostInWindow(permitsUs, secondUs)).toBeLessThanOrEqual(100);
    // What one that gave up had reserved is for the next one.
    expect(trips).toBeLessThanOrEqual(permitsUs.length);
  },
);

test("R18: random costs of several limits at once never exceed a window of any of them, by a log of what Redis permitted", async () => {
  const redis = await nodeRedisConnection(await startRedis());
  const random = seededRandom(18);
  const log: { readonly atMs: number; readonly cost: number; readonly limit: number; readonly name: string }[] = [];
  const limits = redisRateLimits({ redis, keySecret: "secret" });
  for (let count = 0; count < 300; count += 1) {
    // What is permitted lies in the future, so that nobody waits for it.
    const requested = [100, 37, 1_000].filter(() => random() < 0.7);
    const costs = requested.map((limit) => limitCost(`${limit}`, limit, 1 + Math.floor(random() * 7)));
    if (costs.length === 0) continue;
    const sentAtMs = performance.now();
    const { kind, delayMs } = await limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
    const atMs = performance.now() + delayMs;
    expect(delayMs).toBeGreaterThanOrEqual(0);
    // One limit is so far away that the others were left alone.
    if (kind === "later") {
      await sleep(Math.min(delayMs, 20));
      continue;
    }
    // Redis permitted it somewhere between request and reply: where that is not exact, the log leaves it out.
    if (atMs - delayMs - sentAtMs > 25) continue;
    costs.forEach(({ name, cost }, index) => void log.push({ atMs, cost, name, limit: requested[index] ?? 0 }));
  }
  for (const name of ["100", "37", "1000"]) {
    const times = log.filter((entry) => entry.name === name).flatMap(({ atMs, cost }) => Array(cost).fill(atMs));
    expect(times.length).toBeGreaterThan(50);
    // The reply to one took longer than that to another: the shorter window has room for that.
    expect(mostInWindow(times, 950)).toBeLessThanOrEqual(Number(name));
  }
});

test.each([
  [{ keySecret: "" }, "keySecret"],
  [{ prefix: "a{b}" }, "prefix"],
  [{ processes: 0 }, "processes"],
  [{ leaseSize: 1.5 }, "leaseSize"],
  [{ leaseSize: 5_000 }, "leaseSize"],
  [{ presenceMs: Number.NaN }, "presenceMs"],
])("refuses %j, and says what is wrong with it", async (options, word) => {
  const redis = await nodeRedisConnection(await startRedis());
  const make = () => redisRateLimits({ redis, keySecret: "a key secret", ...options });
  expect(make).toThrow(ConfigurationError);
  expect(make).toThrow(word);
});
