import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type RedisConnection, redisRateLimits } from "../../src/redis/index.js";
import { createTenant } from "../call.js";
import { limitCost } from "../limit-cost.js";
import { ioredisCluster, nodeRedisCluster, type RedisCluster, startCluster } from "../redis-cluster.js";
import { settlesAtOnce } from "../settles-at-once.js";

// A third of the slots is on a node that is dead, with its replica, so that nothing takes over; the others are served.
let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startCluster(["--cluster-require-full-coverage", "no"]);
}, 120_000);
afterAll(() => cluster?.close());

const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`);
const tenants = Array.from({ length: 24 }, (_, index) => createTenant(`sk_test_${index}`));

/** The keys whose node replies, and those whose node does not. */
async function byReply(redis: RedisConnection) {
  const results = await Promise.allSettled(keys.map((key) => redis.send(["GET", key])));
  const having = (status: string) => keys.filter((_, index) => results[index]!.status === status);
  return { served: having("fulfilled"), lost: having("rejected") };
}

/** Kills a master and its replica, and starts both again at the end of the test. */
async function killThird(): Promise<void> {
  const servers = [cluster.replicas[0]!.server, cluster.masters[0]!.server];
  onTestFinished(async () => {
    for (const server of servers.toReversed()) await server.restart();
  });
  for (const server of servers) await server.kill();
}

describe.each([
  ["ioredis", ioredisCluster],
  ["node-redis", nodeRedisCluster],
] as const)("a node of a cluster that is dead, by %s", (name, connectionOf) => {
  test("what it has is refused at once, all else is served without an interruption, and it is used again when it is back", async () => {
    const redis = await connectionOf(cluster, 3);
    await expect.poll(async () => (await byReply(redis)).lost, { timeout: 30_000 }).toEqual([]);
    await killThird();
    await byReply(redis);
    const { served, lost } = await byReply(redis);
    expect(lost.length).toBeGreaterThan(3);
    expect(served.length).toBeGreaterThan(lost.length);
    // Many attempts to reach the dead node end in the meantime.
    for (const endsAtMs = performance.now() + 3_000; performance.now() < endsAtMs; await sleep(20)) {
      const refused = redis.send(["GET", lost[0]!]).then(
        () => "served",
        () => "refused",
      );
      expect(await settlesAtOnce(refused)).toBe(true);
      expect(await refused).toBe("refused");
      await Promise.all(served.map((key) => redis.send(["GET", key])));
    }
    await cluster.masters[0]!.server.restart();
    await expect.poll(async () => (await byReply(redis)).lost, { timeout: 30_000 }).toEqual([]);
    expect(redis.isUp).toBe(true);
  }, 120_000);

  test("the limits of other tenants are still those of all processes together", async () => {
    const connections = await Promise.all([connectionOf(cluster, 2), connectionOf(cluster, 3)]);
    for (const redis of connections)
      await expect.poll(async () => (await byReply(redis)).lost, { timeout: 30_000 }).toEqual([]);
    await killThird();
    for (const redis of connections) await byReply(redis);
    const limits = connections.map((redis) =>
      redisRateLimits({ redis, keySecret: "secret", prefix: name, processes: 2, onError() {} }),
    );
    onTestFinished(async () => void (await Promise.all(limits.map((own) => own.close()))));
    // One a minute: a process that uses its own part gives one to each tenant.
    const costs = [limitCost("default 0", 1 / 60)];
    const reserveAll = (index: number) =>
      Promise.all(
        tenants.map(async (tenant) => {
          const { delayMs } = await limits[index]!.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
          return delayMs;
        }),
      );
    const first = await reserveAll(0);
    const second = await reserveAll(1);
    expect(first.filter((delayMs) => delayMs > 0)).toEqual([]);
    // Only tenants of the dead node get one from both.
    const both = second.filter((delayMs) => delayMs === 0).length;
    expect(both).toBeGreaterThan(0);
    expect(both).toBeLessThan(tenants.length / 2);
    for (let round = 0; round < 5; round += 1) {
      await sleep(200);
      const later = (await reserveAll(1)).filter((delayMs) => delayMs < 30_000);
      expect(later).toEqual([]);
    }
  }, 120_000);
});
