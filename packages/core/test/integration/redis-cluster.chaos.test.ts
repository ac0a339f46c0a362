import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type RedisConnection, redisCacheStore, redisInbox, redisRateLimits } from "../../src/redis/index.js";
import { createTenant } from "../call.js";
import { limitCost } from "../limit-cost.js";
import { ioredisCluster, nodeRedisCluster, startCluster } from "../redis-cluster.js";
import { mostInWindow } from "../windows.js";

// Enough that each master has some.
const tenants = Array.from({ length: 12 }, (_, index) => createTenant(`sk_test_${index}`));
const costs = [limitCost("default 0", 40)];

/** Uses permits of all tenants one after another, until it is over. */
async function usePermits(redis: RedisConnection, endsAtMs: number, onError: (error: Error) => void) {
  const limits = redisRateLimits({ redis, keySecret: "secret", processes: 2, onError });
  onTestFinished(() => limits.close());
  return Promise.all(
    tenants.map(async (tenant) => {
      const times: number[] = [];
      while (performance.now() < endsAtMs) {
        const { kind, delayMs } = await limits.reserve({ tenant, scopes: ["default"], costs, waiting: 1 });
        await sleep(delayMs);
        if (kind === "reserved") times.push(performance.now());
      }
      return times;
    }),
  );
}

test.each([
  ["ioredis", ioredisCluster],
  ["node-redis", nodeRedisCluster],
] as const)(
  "a master that is killed: no permit is refused, no second exceeds the limit by more than a half, and its replica takes over (%s)",
  { retry: 2, timeout: 120_000 },
  async (_, connectionOf) => {
    const cluster = await startCluster();
    onTestFinished(() => cluster.close());
    const [first, second] = [await connectionOf(cluster, 2), await connectionOf(cluster, 3)];
    const store = redisCacheStore(first, { slots: 16 });
    const inbox = redisInbox(first);
    const endsAtMs = performance.now() + 20_000;
    const errors: string[] = [];
    const running = Promise.all(
      [first, second].map((redis) => usePermits(redis, endsAtMs, ({ message }) => void errors.push(message))),
    );
    await sleep(3_000);
    const [killed] = cluster.masters;
    const [replica] = cluster.replicas;
    await killed!.server.kill();
    await expect.poll(() => replica!.client.call("ROLE").then(String), { timeout: 15_000 }).toMatch(/^master/);
    const [own, other] = await running;
    for (const [index] of tenants.entries()) {
      const times = [...own![index]!, ...other![index]!].sort((a, b) => a - b);
      // Timers may be late, and the replica does not know the last permits of its master: up to 52 were measured in such a second.
      expect(mostInWindow(times, 1_000)).toBeLessThanOrEqual(60);
      // Each goes on to the end.
      expect(times.at(-1)).toBeGreaterThan(endsAtMs - 1_000);
    }
    expect(errors.length).toBeGreaterThan(0);
    // Everything is shared again, also what the killed node had.
    const ids = Array.from({ length: 30 }, (_, index) => `event ${index}`);
    const claims = () => Promise.all(ids.map((id) => inbox.claim(id, 60_000)));
    await expect
      .poll(
        () =>
          claims().then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
    expect((await claims()).every(({ kind }) => kind === "busy")).toBe(true);
    for (const key of ids) {
      const { tagVersions } = await store.claim(key, ["t"], { token: "a", leaseMs: 10_000 });
      expect(await store.publish(key, ["t"], { token: "a", tagVersions, value: key, ttlMs: 60_000 })).toBe(true);
    }
    expect(String(await replica!.client.call("DBSIZE"))).not.toBe("0");
  },
);
