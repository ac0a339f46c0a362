import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { perSecond, reachOf, runAll, startLimitWorkers, sumUp } from "../../test/limit-workers.js";
import { nodeRedisLink, startRedis } from "../../test/redis.js";
import { share, tenant } from "../../test/share.js";
import { mostInWindow } from "../../test/windows.js";
import type { Share } from "../rate-limit/grant-source.js";
import { redisRateLimits } from "./redis-rate-limits.js";

// Several processes are started first.
vi.setConfig({ testTimeout: 30_000 });

const secondUs = 1_000_000;

// Where the machine let a process stand still, it is tried again.
const again = { retry: 2 };

describe("without leases", again, () => {
  const wide = (name: string, cost = 1): Share => ({ name, gcra: { intervalMs: 1, toleranceMs: 10 }, cost });

  /** A source of grants that counts its trips, on a Redis of its own. */
  const counted = async () => {
    const link = await nodeRedisLink(await startRedis());
    let trips = 0;
    const run: typeof link.run = (...args) => {
      trips += 1;
      return link.run(...args);
    };
    return { limits: redisRateLimits({ redis: { ...link, run }, keySecret: "secret" }), trips: () => trips };
  };

  test("R12: those that wait share a trip for what the limit allows at once, and none is reserved ahead", async () => {
    const { limits, trips } = await counted();
    const shares = [wide("default 0")];
    const delays: number[] = [];
    for (let left = 12; left > 0; left -= 1) {
      delays.push((await limits.reserve(tenant, "default", shares, left)).delayMs);
    }
    // Ten at once; each of the others by itself, as late as the limit has it.
    expect(delays.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(trips()).toBeLessThanOrEqual(3);
    expect(delays.at(-1)).toBeLessThanOrEqual(3);
  });

  test("no more than wait", async () => {
    const { limits } = await counted();
    const shares = [wide("default 0")];
    await limits.reserve(tenant, "default", shares, 3);
    expect([1, 1].map(() => limits.reserve(tenant, "default", shares, 1) instanceof Promise)).toEqual([false, false]);
    expect(limits.reserve(tenant, "default", shares, 1)).toBeInstanceOf(Promise);
  });

  test("and one by one where those that wait cost differently, since no grant would be for all", async () => {
    const { limits, trips } = await counted();
    await limits.reserve(tenant, "default", [wide("default 0", 2)], 1);
    for (let count = 0; count < 4; count += 1) await limits.reserve(tenant, "default", [wide("default 0", 1)], 5);
    expect(trips()).toBe(5);
  });

  test("R12: 400 that wait in 2 processes for a limit that is out of reach need a trip for five of them at the most", async () => {
    const workers = await startLimitWorkers(await reachOf("node-redis", await startRedis()), 2, () => ({
      limits: perSecond(100_000),
    }));
    const { granted, failures, trips, passed } = sumUp(await runAll(workers, 500, 200));
    expect(failures).toEqual([]);
    expect(trips / passed.length).toBeLessThanOrEqual(0.2);
    expect(mostInWindow(granted, secondUs)).toBeLessThanOrEqual(100_000);
  });
});

test("what is left of a lease is given up when its time is over", async () => {
  const redis = await nodeRedisLink(await startRedis());
  const limits = redisRateLimits({ redis, keySecret: "secret", leaseSize: 10 });
  const shares = [share("default 0", 100)];
  const reserve = (waiting: number) => limits.reserve(tenant, "default", shares, waiting);
  expect(await reserve(10)).toEqual({ kind: "held", delayMs: 0 });
  const leased = reserve(10);
  expect(leased).not.toBeInstanceOf(Promise);
  expect((await leased).delayMs).toBeGreaterThan(0);
  await sleep(150);
  // Nine were leased, for times that are over by now: Redis is asked again.
  expect(reserve(1)).toBeInstanceOf(Promise);
});
