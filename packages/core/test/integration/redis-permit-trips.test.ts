import { fakeClock, type RedisServer } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import type { LimitCost } from "../../src/rate-limit/rate-limit-store.js";
import { type RedisRateLimitsOptions, redisRateLimits } from "../../src/redis/redis-rate-limits.js";
import { limitCost, tenant } from "../limit-cost.js";
import { nodeRedisConnection, startRedis } from "../redis.js";
import { mostInWindow } from "../windows.js";

const secondUs = 1_000_000;

/** Limits of one process that count their trips to Redis. Their clock is stopped, so that no permit expires. */
async function counted(options: Partial<RedisRateLimitsOptions> = {}, server?: RedisServer) {
  // A reply may be late on a busy machine, and is one all the same.
  const connection = await nodeRedisConnection(server ?? (await startRedis()), { timeoutMs: 20_000 });
  const permitsUs: number[] = [];
  let trips = 0;
  const run: typeof connection.run = async (...args) => {
    trips += 1;
    const reply = (await connection.run(...args)) as [nowUs: number, processes: number, delaysUs: number[]];
    for (const delayUs of reply[2]) permitsUs.push(reply[0] + delayUs);
    return reply;
  };
  const clock = fakeClock();
  const redis = { ...connection, run };
  return {
    limits: redisRateLimits({ redis, keySecret: "secret", clock, ...options }),
    trips: () => trips,
    permitsUs,
    clock,
  };
}

/** Two processes on one Redis, in each of which `waiting` calls wait until all have a permit. */
async function twoProcesses(cost: LimitCost, waiting: number, options: Partial<RedisRateLimitsOptions> = {}) {
  const server = await startRedis();
  const processes = [await counted(options, server), await counted(options, server)];
  await Promise.all(
    processes.map(async ({ limits }) => {
      for (let left = waiting; left > 0; ) {
        const { kind } = await limits.reserve({ tenant, scopes: ["default"], costs: [cost], waiting: () => left });
        if (kind === "reserved") left -= 1;
      }
    }),
  );
  return {
    trips: processes.reduce((sum, { trips }) => sum + trips(), 0),
    permitsUs: processes.flatMap(({ permitsUs }) => permitsUs),
  };
}

describe("without leases", () => {
  const wide = (name: string, cost = 1): LimitCost => ({ name, gcra: { intervalMs: 1, toleranceMs: 10 }, cost });

  test("R12: those that wait share a trip for what the limit allows at once, and none is reserved ahead", async () => {
    const { limits, trips } = await counted();
    const costs = [wide("default 0")];
    const delays: number[] = [];
    for (let left = 12; left > 0; left -= 1) {
      delays.push((await limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => left })).delayMs);
    }
    // Ten at once; each of the others by itself, as late as the limit has it.
    expect(delays.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(trips()).toBeLessThanOrEqual(3);
    expect(delays.at(-1)).toBeLessThanOrEqual(3);
  });

  test("no more than wait", async () => {
    const { limits } = await counted();
    const costs = [wide("default 0")];
    await limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 3 });
    expect(
      [1, 1].map(() => limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 }) instanceof Promise),
    ).toEqual([false, false]);
    expect(limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 })).toBeInstanceOf(Promise);
  });

  test("and one by one where those that wait cost differently, since no permit would be for all", async () => {
    const { limits, trips } = await counted();
    await limits.reserve({ tenant, scopes: ["default"], costs: [wide("default 0", 2)], waiting: () => 1 });
    for (let count = 0; count < 4; count += 1)
      await limits.reserve({ tenant, scopes: ["default"], costs: [wide("default 0", 1)], waiting: () => 5 });
    expect(trips()).toBe(5);
  });

  test("R12: 400 that wait in 2 processes for a limit that is out of reach need a trip for five of them at the most", async () => {
    const outOfReach = { name: "default 0", gcra: { intervalMs: 0.01, toleranceMs: 30 }, cost: 1 };
    const { trips, permitsUs } = await twoProcesses(outOfReach, 200);
    expect(permitsUs).toHaveLength(400);
    expect(trips).toBeLessThanOrEqual(80);
  });
});

describe("with leases", () => {
  test("a lease of 20 takes at most 0.1 trips for a permit of a bucket where many wait, and exceeds nothing", async () => {
    const { trips, permitsUs } = await twoProcesses(limitCost("default 0", 1_000), 1_000, { leaseSize: 20 });
    expect(permitsUs.length).toBeGreaterThanOrEqual(2_000);
    expect(trips / permitsUs.length).toBeLessThanOrEqual(0.1);
    expect(mostInWindow(permitsUs, secondUs)).toBeLessThanOrEqual(1_001);
  });

  test("what is left of a lease is given up when its time is over", async () => {
    const { limits, clock } = await counted({ leaseSize: 10 });
    const costs = [limitCost("default 0", 100)];
    const reserve = (waiting: number) => limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => waiting });
    expect(await reserve(10)).toEqual({ kind: "reserved", delayMs: 0 });
    const leased = reserve(10);
    expect(leased).not.toBeInstanceOf(Promise);
    expect((await leased).delayMs).toBeGreaterThan(0);
    await clock.advance(150);
    // Nine were leased, for times that are over by now: Redis is asked again.
    expect(reserve(1)).toBeInstanceOf(Promise);
  });
});
