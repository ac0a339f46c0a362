import { setTimeout as sleep } from "node:timers/promises";
import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { createCall, createTenant } from "../../test/call.js";
import { limitCost, slidingCost, tenant } from "../../test/limit-cost.js";
import { ioredisConnection, nodeRedisConnection, startRedis } from "../../test/redis.js";
import { monitorOf } from "../../test/redis-monitor.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tenantFingerprint } from "../auth/tenant-fingerprint.js";
import { RateLimitError } from "../errors/api-errors.js";
import { localRateLimits } from "../rate-limit/local-rate-limits.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { type RedisRateLimitsOptions, redisRateLimits } from "./redis-rate-limits.js";

describe("R21: keys", () => {
  const keysIn = async (redis: RedisConnection) => (await redis.send(["KEYS", "*"])) as string[];
  /** Uses every kind of key, with limits of `perSecond` calls a second, and pauses and a presence of `lastMs`. */
  const drive = async (redis: RedisConnection, { perSecond, lastMs }: { perSecond: number; lastMs: number }) => {
    const limits = redisRateLimits({ redis, keySecret: "secret", presenceMs: lastMs, leaseSize: 3 });
    for (const bucket of ["default", "search {odd}"]) {
      const costs = [limitCost(`${bucket} 0`, perSecond), limitCost(`${bucket} 1 GET /things/{id}`, perSecond)];
      for (let count = 0; count < 4; count += 1)
        await limits.reserve({ tenant, scopes: [bucket], costs, waiting: () => 5 });
      limits.createThrottle?.({ tenant, scope: bucket }).pause(lastMs, 0);
    }
    await limits.reserve({ tenant, scopes: ["default"], costs: [limitCost("default 0", 100)], waiting: () => 1 });
    await limits.reserve({ tenant, scopes: ["other"], costs: [slidingCost("other 0", perSecond)], waiting: () => 1 });
    return limits;
  };
  // Long enough to be inspected on a busy machine.
  const slow = { perSecond: 0.01, lastMs: 60_000 };

  test("of one command share a slot in a cluster", async () => {
    const redis = await ioredisConnection(await startRedis({ cluster: true }));
    const limits = await drive(redis, slow);
    await expect.poll(() => keysIn(redis)).toHaveLength(8);
    expect(redis.isUp).toBe(true);
    expect(String(await redis.send(["INFO", "errorstats"]))).not.toContain("errorstat_CROSSSLOT");
    await limits.close();
  });

  test("are declared, have a time to live, and contain nothing of the credential", async () => {
    const server = await startRedis();
    const redis = await nodeRedisConnection(server);
    const monitor = await monitorOf(server.url);
    const limits = await drive(redis, slow);
    // Five limits, two pauses, and the list of processes.
    await expect.poll(() => keysIn(redis)).toHaveLength(8);
    for (const key of await keysIn(redis)) {
      const leftMs = Number(await redis.send(["PTTL", key]));
      expect(leftMs).toBeGreaterThan(0);
      // Two leases of three permits, and one more.
      expect(leftMs).toBeLessThanOrEqual(600_010);
      expect(key).not.toContain("secret");
      expect(key).toMatch(/^connectry:limits:\{[\w-]{32}\}:/);
    }
    const undeclared = monitor.undeclared();
    expect(undeclared).toEqual([]);
    // And a pause that is only asked for.
    expect(monitor.touched()).toBe(9);
    await limits.close();
  });

  test("expire once they have no effect", async () => {
    const redis = await nodeRedisConnection(await startRedis());
    const limits = await drive(redis, { perSecond: 5, lastMs: 1_000 });
    await expect.poll(() => redis.send(["DBSIZE"])).toBe(0);
    await limits.close();
  });
});

test("limits are shared by the same key secret, prefix and tenant only", async () => {
  const redis = await nodeRedisConnection(await startRedis());
  const delayOf = async (options: Partial<RedisRateLimitsOptions> = {}, owner = tenant) => {
    const limits = redisRateLimits({ redis, keySecret: "secret", ...options });
    const { delayMs } = await limits.reserve({
      tenant: owner,
      scopes: ["default"],
      costs: [limitCost("default 0", 1 / 3_600)],
      waiting: () => 1,
    });
    // The clock of Redis is real.
    return Math.round(delayMs / 3_600_000);
  };
  expect(await delayOf()).toBe(0);
  expect(await delayOf()).toBe(1);
  expect(await delayOf({ keySecret: "other" })).toBe(0);
  expect(await delayOf({ prefix: "staging" })).toBe(0);
  expect(await delayOf({}, createTenant("sk_test_other"))).toBe(0);
});

describe("R51: a pause that all processes share", () => {
  test("is kept in Redis for 60 s at most, even if Retry-After is longer", async () => {
    const redis = await nodeRedisConnection(await startRedis());
    const store = redisRateLimits({ redis, keySecret: "secret" });
    const { fetch } = stubFetch(() => new Response("{}", { status: 429, headers: { "retry-after": "4070908800" } }));
    const acme = createAcme({ fetch, rateLimit: { store } });
    expect((await acme.safe.GET("/things")).error).toBeInstanceOf(RateLimitError);
    const keys = async () => (await redis.send(["KEYS", "*:pause:default"])) as string[];
    await expect.poll(keys).toHaveLength(1);
    const [key = ""] = await keys();
    const leftMs = Number(await redis.send(["PTTL", key]));
    expect(leftMs).toBeGreaterThan(50_000);
    // It is kept a second longer than the pause, for the probe.
    expect(leftMs).toBeLessThanOrEqual(61_000);
    const untilMs = Number(await redis.send(["GET", key])) / 1_000;
    const [seconds] = (await redis.send(["TIME"])) as [string, string];
    expect(untilMs - Number(seconds) * 1_000).toBeLessThanOrEqual(61_000);
    await store.close();
  });

  test("ends after 60 s where another process publishes a longer one", async () => {
    const redis = await nodeRedisConnection(await startRedis());
    const clock = fakeClock();
    const shared = redisRateLimits({ redis, keySecret: "secret", clock });
    // The pauses of other processes come through Redis; permits are of this process, on a clock that does not advance.
    const store = { ...shared, reserve: localRateLimits(clock).reserve };
    const limiter = createRateLimiter({
      profile: {},
      strategies: {},
      limits: [],
      store,
      slots: { concurrency: 10, maxQueued: 10 },
      clock,
    });
    const call = createCall({ tenant });
    const isOpen = () => typeof limiter.acquire(call) === "function";
    expect(isOpen()).toBe(true);
    const message = `999999999999 ${await tenantFingerprint(tenant, "secret")} default`;
    await expect.poll(() => redis.send(["PUBLISH", "connectry:limits:pauses", message])).toBe(1);
    await expect.poll(isOpen).toBe(false);
    let passedAtMs: number | undefined;
    // The call above is the probe, and this one waits a second for its response.
    void Promise.resolve(limiter.acquire(call)).then(() => {
      passedAtMs = clock.monotonic();
    });
    await clock.advance(70_000);
    expect(passedAtMs).toBe(61_000);
    await shared.close();
  });

  test("is followed by one probe of all processes: the others ask again until its response is there", async () => {
    const redis = await nodeRedisConnection(await startRedis());
    const [first, second] = [1, 2].map(() => redisRateLimits({ redis, keySecret: "secret" }));
    const throttle = first?.createThrottle?.({ tenant, scope: "default" });
    const pausedUntil = async () => {
      const [key = ""] = (await redis.send(["KEYS", "*:pause:default"])) as string[];
      return key && Number(await redis.send(["GET", key]));
    };
    // Also where there is no limit.
    for (const costs of [[limitCost("default 0", 1_000)], []]) {
      const scopes = ["default", "quota core "];
      const reserve = async (limits = first) => await limits?.reserve({ tenant, scopes, costs, waiting: () => 3 });
      throttle?.pause(1_000, performance.now());
      await expect.poll(pausedUntil).toBeGreaterThan(0);
      expect(await reserve()).toMatchObject({ kind: "later" });
      expect(await reserve(second)).toMatchObject({ kind: "later" });
      await sleep(1_200);
      const sentAtMs = performance.now();
      throttle?.countCall(sentAtMs);
      expect(await reserve()).toMatchObject({ kind: "reserved" });
      for (const limits of [first, second]) expect(await reserve(limits)).toEqual({ kind: "later", delayMs: 50 });
      throttle?.endProbe(sentAtMs);
      await expect.poll(async () => (await reserve(second))?.kind).toBe("reserved");
    }
    for (const limits of [first, second]) await limits?.close();
  });

  test("is not ended by the response to an earlier probe, and a probe without a response holds back the others for a second", async () => {
    const redis = await nodeRedisConnection(await startRedis());
    const limits = redisRateLimits({ redis, keySecret: "secret" });
    const throttle = limits.createThrottle?.({ tenant, scope: "default" });
    const costs = [limitCost("default 0", 1_000)];
    const reserve = async () => await limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
    const key = `connectry:limits:{${await tenantFingerprint(tenant, "secret")}}:pause:default`;
    const until = async () => Number(await redis.send(["GET", key]));
    throttle?.pause(50, 0);
    await expect.poll(until).toBeGreaterThan(0);
    await sleep(60);
    throttle?.countCall(60);
    expect((await reserve()).kind).toBe("reserved");
    expect(await until()).toBeLessThan(0);
    throttle?.pause(500, 100);
    await expect.poll(until).toBeGreaterThan(0);
    throttle?.endProbe(60);
    await sleep(20);
    expect(await until()).toBeGreaterThan(0);
    await sleep(500);
    expect((await reserve()).kind).toBe("reserved");
    expect(Number(await redis.send(["PTTL", key]))).toBeLessThanOrEqual(1_000);
    await limits.close();
  });
});

test("R60: the rate that is learned from a pause is that of all processes: the sum of what each had accepted, and 0.7 of it at first", async () => {
  const redis = await nodeRedisConnection(await startRedis());
  const [first, second] = [1, 2].map(() => redisRateLimits({ redis, keySecret: "secret" }));
  const throttles = [first, second].map((limits) => limits!.createThrottle!({ tenant, scope: "default" }));
  const reserve = async (limits = first) =>
    (await limits?.reserve({ tenant, scopes: ["default"], costs: [], waiting: () => 10 }))!;
  // Messages are received once each listens.
  await expect.poll(() => redis.send(["PUBSUB", "NUMSUB", "connectry:limits:pauses"])).toEqual([expect.anything(), 2]);
  const nowMs = performance.now();
  for (let count = 0; count < 6; count += 1) throttles[0]!.countAccepted(nowMs);
  for (let count = 0; count < 4; count += 1) throttles[1]!.countAccepted(nowMs);
  throttles[0]!.pause(1_000, nowMs);
  expect(throttles[0]!.needsPermit(nowMs + 30_000)).toBe(true);
  await expect.poll(() => throttles[1]!.blockedUntilMs()).toBeGreaterThan(0);
  await expect.poll(async () => (await reserve()).kind, { timeout: 3_000 }).toBe("reserved");
  throttles[0]!.countCall(performance.now());
  throttles[0]!.endProbe(performance.now());
  await expect.poll(async () => (await reserve(second)).kind, { interval: 5 }).toBe("reserved");
  // Each waits for its turn after that of the other: at 0.7 of 10 a second, 143 ms, and less as time passes.
  const from = await reserve();
  const to = await reserve(second);
  expect(to.delayMs - from.delayMs).toBeGreaterThan(95);
  expect(to.delayMs - from.delayMs).toBeLessThan(145);
  for (const limits of [first, second]) await limits?.close();
});
