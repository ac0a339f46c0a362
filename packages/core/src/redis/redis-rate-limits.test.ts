import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "@connectry/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { kinds, perSecond, reachOf, runAll, startLimitWorkers, sumUp } from "../../test/limit-workers.js";
import { ioredisLink, nodeRedisLink, startRedis, upstashLink } from "../../test/redis.js";
import { serveWith } from "../../test/serve.js";
import { share, tenant } from "../../test/share.js";
import { between, machineMs, mostInWindow } from "../../test/windows.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { redisRateLimits } from "./redis-rate-limits.js";

// Several processes are started first.
vi.setConfig({ testTimeout: 30_000 });

const links = { "node-redis": nodeRedisLink, ioredis: ioredisLink, upstash: upstashLink };
const secondUs = 1_000_000;

// Where the machine let a process stand still, it is tried again.
const again = { retry: 2 };

describe.each(kinds)("by %s", again, (kind) => {
  test("R12, R13: 3 processes with clocks minutes apart, at 100 a second for 2 s: at most 100 in any second, most of it used, one trip for a grant, no failure", async () => {
    const workers = await startLimitWorkers(await reachOf(kind, await startRedis()), 3, (index) => ({
      skewMs: (index - 1) * 300_000,
    }));
    const { granted, passed, failures, trips, rate } = sumUp(await runAll(workers, 2_000));
    expect(failures).toEqual([]);
    expect(mostInWindow(granted, secondUs)).toBeLessThanOrEqual(100);
    expect(rate).toBeGreaterThanOrEqual(80);
    // Those that were granted and not used are of the last moment.
    expect(trips).toBeLessThanOrEqual(passed.length + 3);
  });

  test("R22: a 429 that one process sees holds back all of them within 100 ms, until its Retry-After is over", async () => {
    const times: number[] = [];
    let refusedAtMs = Infinity;
    const server = await serveWith(() => {
      const nowMs = machineMs();
      times.push(nowMs);
      if (times.length !== 40) return {};
      refusedAtMs = nowMs;
      return { status: 429, headers: { "retry-after-ms": "700" } };
    });
    const workers = await startLimitWorkers(await reachOf(kind, await startRedis()), 3);
    const failed = await Promise.all(
      workers.map((worker) => worker.call("callAcme", server.url, perSecond(100), 1_700)),
    );
    expect(failed.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(between(times, refusedAtMs + 100, refusedAtMs + 700)).toEqual([]);
    expect(between(times, refusedAtMs + 700, refusedAtMs + 1_200).length).toBeGreaterThan(0);
  });

  test("a lease of 20 takes at most 0.1 trips for a grant of a bucket where many wait, and exceeds nothing", async () => {
    const workers = await startLimitWorkers(await reachOf(kind, await startRedis()), 2, () => ({
      limits: perSecond(1_000),
      leaseSize: 20,
    }));
    const { granted, passed, failures, trips } = sumUp(await runAll(workers, 1_200, 50));
    expect(failures).toEqual([]);
    expect(trips / passed.length).toBeLessThanOrEqual(0.1);
    expect(mostInWindow(granted, secondUs)).toBeLessThanOrEqual(1_000);
    // A late timer may add some: none is kept longer than 20 ms.
    expect(mostInWindow(passed, 1_000)).toBeLessThanOrEqual(1_025);
    expect(passed.length).toBeGreaterThanOrEqual(500);
  });

  test("R17: on a Redis that accepts and never answers, the first call is late by 100 ms at most and no other one at all", async () => {
    const server = await startRedis();
    const redis = await links[kind](server, { timeoutMs: 40 });
    const limits = redisRateLimits({ redis, keySecret: "secret" });
    const shares = [share("default 0", 1_000_000)];
    await limits.reserve(tenant, "default", shares, 1);
    server.stop();
    const startedAtMs = performance.now();
    await limits.reserve(tenant, "default", shares, 1);
    expect(performance.now() - startedAtMs).toBeLessThanOrEqual(100);
    const laterAtMs = performance.now();
    for (let count = 0; count < 1_000; count += 1) await limits.reserve(tenant, "default", shares, 1);
    expect((performance.now() - laterAtMs) / 1_000).toBeLessThanOrEqual(1);
    server.resume();
  });
});

test("R14: SCRIPT FLUSH every 100 ms costs no error and no extra grant", again, async () => {
  const server = await startRedis();
  const redis = await ioredisLink(server);
  const workers = await startLimitWorkers(await reachOf("node-redis", server), 3);
  const flushing = setInterval(() => void redis.send(["SCRIPT", "FLUSH"]).catch(() => {}), 100);
  onTestFinished(() => clearInterval(flushing));
  const { granted, failures, rate } = sumUp(await runAll(workers, 1_500));
  expect(failures).toEqual([]);
  expect(mostInWindow(granted, secondUs)).toBeLessThanOrEqual(100);
  expect(rate).toBeGreaterThanOrEqual(80);
});

test(
  "R16: Redis killed for a second: no call fails, at most 110 of 100 pass in any second, and limits are shared again within 2 s",
  again,
  async () => {
    const server = await startRedis();
    const workers = await startLimitWorkers(await reachOf("node-redis", server), 4);
    const running = runAll(workers, 4_000);
    await sleep(1_200);
    await server.kill();
    await sleep(1_000);
    await server.restart();
    const backAtMs = machineMs();
    const runs = await running;
    const { passed, failures } = sumUp(runs);
    expect(failures).toEqual([]);
    expect(mostInWindow(passed, 1_000)).toBeLessThanOrEqual(110);
    for (const { sharedAtMs } of runs) {
      expect((sharedAtMs.find((atMs) => atMs > backAtMs) ?? Infinity) - backAtMs).toBeLessThanOrEqual(2_000);
    }
  },
);

test("R16: without Redis from the start, each process goes on with the part that `processes` says", async () => {
  const server = await startRedis();
  const redis = await nodeRedisLink(server);
  await server.kill();
  const limits = redisRateLimits({ redis, keySecret: "secret", processes: 5 });
  const delays: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    const { delayMs } = await limits.reserve(tenant, "default", [share("default 0", 1)], 1);
    delays.push(Math.round(delayMs / 1_000));
  }
  expect(delays).toEqual([0, 5, 10, 15]);
});

test("R20: half of the waiters of 3 processes give up, and still 95 % of the limit is used in 3 s", again, async () => {
  const workers = await startLimitWorkers(await reachOf("node-redis", await startRedis()), 3);
  const runs = runAll(workers, 3_000, 20, 0.5);
  const endsAtMs = machineMs() + 3_000;
  const { granted, passed, failures, trips } = sumUp(await runs);
  // Nobody gives up any more after the run, when the rest of those that wait pass.
  const used = passed.filter((atMs) => atMs < endsAtMs);
  const spanMs = (used.at(-1) ?? 0) - (used[0] ?? 0);
  expect(failures).toEqual([]);
  expect(spanMs).toBeGreaterThan(2_700);
  expect(((used.length - 1) * 1_000) / spanMs).toBeGreaterThanOrEqual(95);
  expect(mostInWindow(granted, secondUs)).toBeLessThanOrEqual(100);
  // What one that gave up had reserved is for the next one: all but the last of each process are used.
  expect(trips).toBeLessThanOrEqual(passed.length + 3);
});

test("R18: random costs of several limits at once never exceed a window of any of them, by a log of what Redis granted", async () => {
  const redis = await nodeRedisLink(await startRedis());
  const random = seededRandom(18);
  const log: { readonly atMs: number; readonly cost: number; readonly limit: number; readonly name: string }[] = [];
  const limits = redisRateLimits({ redis, keySecret: "secret" });
  for (let count = 0; count < 300; count += 1) {
    // What is granted lies in the future, so that nobody waits for it.
    const asked = [100, 37, 1_000].filter(() => random() < 0.7);
    const shares = asked.map((limit) => share(`${limit}`, limit, 1 + Math.floor(random() * 7)));
    if (shares.length === 0) continue;
    const { kind, delayMs } = await limits.reserve(tenant, "default", shares, 1);
    expect(delayMs).toBeGreaterThanOrEqual(0);
    // One limit is so far away that the others were left alone.
    if (kind === "later") {
      await sleep(Math.min(delayMs, 20));
      continue;
    }
    const atMs = performance.now() + delayMs;
    shares.forEach(({ name, cost }, index) => void log.push({ atMs, cost, name, limit: asked[index] ?? 0 }));
  }
  for (const name of ["100", "37", "1000"]) {
    const times = log.filter((entry) => entry.name === name).flatMap(({ atMs, cost }) => Array(cost).fill(atMs));
    expect(times.length).toBeGreaterThan(50);
    // The answer of one took longer than that of another: the shorter window has room for that.
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
  const redis = await nodeRedisLink(await startRedis());
  const make = () => redisRateLimits({ redis, keySecret: "a key secret", ...options });
  expect(make).toThrow(ConfigurationError);
  expect(make).toThrow(word);
});
