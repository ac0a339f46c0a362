import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import type { LimitCost } from "../../src/rate-limit/rate-limit-store.js";
import { redisRateLimits } from "../../src/redis/redis-rate-limits.js";
import { limitCost, tenant } from "../limit-cost.js";
import { perSecond, reachOf, runAll, startLimitWorkers, sumUp } from "../limit-workers.js";
import { nodeRedisConnection, startRedis } from "../redis.js";
import { mostInWindow } from "../windows.js";

// Several processes are started first.
vi.setConfig({ testTimeout: 30_000 });

const secondUs = 1_000_000;

// Where the machine stalled a process, it is tried again.
const again = { retry: 2 };

describe("without leases", again, () => {
  const wide = (name: string, cost = 1): LimitCost => ({ name, gcra: { intervalMs: 1, toleranceMs: 10 }, cost });

  /** A source of permits that counts its trips, on a Redis of its own. */
  const counted = async () => {
    const connection = await nodeRedisConnection(await startRedis());
    let trips = 0;
    const run: typeof connection.run = (...args) => {
      trips += 1;
      return connection.run(...args);
    };
    return { limits: redisRateLimits({ redis: { ...connection, run }, keySecret: "secret" }), trips: () => trips };
  };

  test("R12: those that wait share a trip for what the limit allows at once, and none is reserved ahead", async () => {
    const { limits, trips } = await counted();
    const costs = [wide("default 0")];
    const delays: number[] = [];
    for (let left = 12; left > 0; left -= 1) {
      delays.push((await limits.reserve({ tenant, scope: "default", costs, waiting: left })).delayMs);
    }
    // Ten at once; each of the others by itself, as late as the limit has it.
    expect(delays.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(trips()).toBeLessThanOrEqual(3);
    expect(delays.at(-1)).toBeLessThanOrEqual(3);
  });

  test("no more than wait", async () => {
    const { limits } = await counted();
    const costs = [wide("default 0")];
    await limits.reserve({ tenant, scope: "default", costs, waiting: 3 });
    expect(
      [1, 1].map(() => limits.reserve({ tenant, scope: "default", costs, waiting: 1 }) instanceof Promise),
    ).toEqual([false, false]);
    expect(limits.reserve({ tenant, scope: "default", costs, waiting: 1 })).toBeInstanceOf(Promise);
  });

  test("and one by one where those that wait cost differently, since no permit would be for all", async () => {
    const { limits, trips } = await counted();
    await limits.reserve({ tenant, scope: "default", costs: [wide("default 0", 2)], waiting: 1 });
    for (let count = 0; count < 4; count += 1)
      await limits.reserve({ tenant, scope: "default", costs: [wide("default 0", 1)], waiting: 5 });
    expect(trips()).toBe(5);
  });

  test("R12: 400 that wait in 2 processes for a limit that is out of reach need a trip for five of them at the most", async () => {
    const workers = await startLimitWorkers(await reachOf("node-redis", await startRedis()), 2, () => ({
      limits: perSecond(100_000),
    }));
    const { permitsUs, failures, trips, passed } = sumUp(await runAll(workers, 500, { lanes: 200 }));
    expect(failures).toEqual([]);
    expect(trips / passed.length).toBeLessThanOrEqual(0.2);
    expect(mostInWindow(permitsUs, secondUs)).toBeLessThanOrEqual(100_000);
  });
});

test("what is left of a lease is given up when its time is over", async () => {
  const redis = await nodeRedisConnection(await startRedis());
  const limits = redisRateLimits({ redis, keySecret: "secret", leaseSize: 10 });
  const costs = [limitCost("default 0", 100)];
  const reserve = (waiting: number) => limits.reserve({ tenant, scope: "default", costs, waiting });
  expect(await reserve(10)).toEqual({ kind: "reserved", delayMs: 0 });
  const leased = reserve(10);
  expect(leased).not.toBeInstanceOf(Promise);
  expect((await leased).delayMs).toBeGreaterThan(0);
  await sleep(150);
  // Nine were leased, for times that are over by now: Redis is asked again.
  expect(reserve(1)).toBeInstanceOf(Promise);
});
