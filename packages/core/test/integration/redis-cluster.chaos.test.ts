import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Tenant } from "../../src/pipeline/call.js";
import { type RedisConnection, redisCacheStore, redisInbox, redisRateLimits } from "../../src/redis/index.js";
import { createTenant } from "../call.js";
import { limitCost } from "../limit-cost.js";
import { ioredisCluster, nodeRedisCluster, startCluster } from "../redis-cluster.js";
import { machineMs, mostInWindow } from "../windows.js";

// Enough that each master has some.
const tenants = Array.from({ length: 12 }, (_, index) => createTenant(`sk_test_${index}`));
const limit = 40;
const processes = 2;
const costs = [limitCost("default 0", limit)];
// While one process uses its part and the others what Redis gives, each may have all of its own.
const boundOfFailover = limit * (2 - 1 / processes);

/** Uses permits of a tenant one after another, until it is over, and returns the times for which they were given. */
async function usePermits(
  connection: RedisConnection,
  tenant: Tenant,
  { endsAtMs, onError }: { endsAtMs: number; onError: (error: Error) => void },
): Promise<readonly number[]> {
  // The time of Redis is that of this machine, and no reply is late by it.
  let givenAtMs: number | undefined;
  const run: RedisConnection["run"] = async (...args) => {
    const reply = (await connection.run(...args)) as [nowUs: number, processes: number, delaysUs: number[]];
    givenAtMs = (reply[0] + (reply[2][0] ?? 0)) / 1_000;
    return reply;
  };
  const limits = redisRateLimits({ redis: { ...connection, run }, keySecret: "secret", processes, onError });
  onTestFinished(() => limits.close());
  const times: number[] = [];
  while (machineMs() < endsAtMs) {
    givenAtMs = undefined;
    const { kind, delayMs } = await limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
    if (kind === "reserved") times.push(givenAtMs ?? machineMs() + delayMs);
    await sleep(delayMs);
  }
  return times;
}

test.each([
  ["ioredis", ioredisCluster],
  ["node-redis", nodeRedisCluster],
] as const)(
  "R16: a master that is killed: no permit is refused, no second holds more than 2 - 1 / processes of the limit, and its replica takes over (%s)",
  { retry: 2, timeout: 120_000 },
  async (_, connectionOf) => {
    const cluster = await startCluster();
    onTestFinished(() => cluster.close());
    const [first, second] = [await connectionOf(cluster, 2), await connectionOf(cluster, 3)];
    const store = redisCacheStore(first, { slots: 16 });
    const inbox = redisInbox(first);
    const endsAtMs = machineMs() + 20_000;
    const errors: string[] = [];
    const onError = ({ message }: Error) => void errors.push(message);
    const running = Promise.all(
      tenants.map((tenant) =>
        Promise.all([first, second].map((redis) => usePermits(redis, tenant, { endsAtMs, onError }))),
      ),
    );
    await sleep(3_000);
    const [killed] = cluster.masters;
    const [replica] = cluster.replicas;
    await killed!.server.kill();
    await expect.poll(() => replica!.client.call("ROLE").then(String), { timeout: 15_000 }).toMatch(/^master/);
    const permits = (await running).map((own) => own.flat().sort((a, b) => a - b));
    const worst = Math.max(...permits.map((times) => mostInWindow(times, 1_000)));
    console.log(`worst second of a failover: ${worst} of ${limit}`);
    expect(worst).toBeLessThanOrEqual(boundOfFailover);
    // Each goes on to the end.
    for (const times of permits) expect(times.at(-1)).toBeGreaterThan(endsAtMs - 1_000);
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
