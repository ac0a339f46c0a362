import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { tenantFingerprint } from "../../src/auth/tenant-fingerprint.js";
import { type RedisConnection, redisCacheStore, redisInbox, redisRateLimits } from "../../src/redis/index.js";
import { keySlot } from "../../src/redis-connection/key-slot.js";
import { createTenant } from "../call.js";
import { limitCost } from "../limit-cost.js";
import {
  type ClusterNode,
  ioredisCluster,
  moveSlot,
  nodeRedisCluster,
  type RedisCluster,
  startCluster,
} from "../redis-cluster.js";

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster?.close());

const clients = [
  ["ioredis, RESP2", ioredisCluster, 2],
  ["ioredis, RESP3", ioredisCluster, 3],
  ["node-redis, RESP2", nodeRedisCluster, 2],
  ["node-redis, RESP3", nodeRedisCluster, 3],
] as const;

const tenants = Array.from({ length: 60 }, (_, index) => createTenant(`sk_test_${index}`));
// One a minute: a busy machine may take seconds to ask for all.
const costs = [limitCost("default 0", 1 / 60)];

/** Limits of one process; an outage of a node fails the test. */
function limitsOf(
  redis: RedisConnection,
  prefix: string,
  onError = (error: Error): void => expect.fail(error.message),
) {
  const limits = redisRateLimits({ redis, keySecret: "secret", prefix, processes: 2, onError });
  onTestFinished(() => limits.close());
  const reserve = async (tenant = tenants[0]!) =>
    await limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
  return { limits, reserve, reserveAll: () => Promise.all(tenants.map((tenant) => reserve(tenant))) };
}

/** How many scripts each node has run. */
async function scriptsOf(nodes: readonly ClusterNode[]): Promise<number[]> {
  const countOf = async ({ client }: ClusterNode) => {
    const stats = await client.info("commandstats");
    return [...stats.matchAll(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm)].reduce(
      (sum, [, calls]) => sum + Number(calls),
      0,
    );
  };
  return Promise.all(nodes.map(countOf));
}

describe.each(clients)("a cluster of six nodes by %s", (name, connectionOf, protocol) => {
  test("limits: two processes share those of 60 tenants, whose keys are on all masters", async () => {
    const before = await scriptsOf(cluster.masters);
    const [first, second] = [1, 2].map(() => connectionOf(cluster, protocol));
    const own = limitsOf(await first!, name);
    const other = limitsOf(await second!, name);
    for (const { kind, delayMs } of await own.reserveAll()) expect([kind, delayMs]).toEqual(["reserved", 0]);
    for (const { delayMs } of await other.reserveAll()) expect(delayMs).toBeGreaterThan(0);
    const after = await scriptsOf(cluster.masters);
    for (const [index, count] of after.entries()) expect(count - before[index]!).toBeGreaterThan(20);
  });

  test("cache: entries in several slots are claimed, published, read and invalidated", async () => {
    const redis = await connectionOf(cluster, protocol);
    const store = redisCacheStore(redis, { prefix: name, slots: 8 });
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    const invalidated: (readonly string[])[] = [];
    const end = await store.subscribe?.({ ready() {}, invalidated: (tags) => void invalidated.push(tags) });
    for (const key of keys) {
      const { won, tagVersions } = await store.claim(key, ["things"], { token: "a", leaseMs: 10_000 });
      expect(won).toBe(true);
      expect(await store.publish(key, ["things"], { token: "a", tagVersions, value: key, ttlMs: 60_000 })).toBe(true);
    }
    const read = () => Promise.all(keys.map((key) => store.read(key, ["things"])));
    const versions = (await read()).map(({ value, tagVersions: [version] }, index) => {
      expect(value).toBe(keys[index]);
      return version;
    });
    await store.invalidate(["things"]);
    await expect.poll(() => invalidated).toEqual([["things"]]);
    for (const [index, { tagVersions }] of (await read()).entries()) expect(tagVersions[0]).not.toBe(versions[index]);
    await end?.();
  });

  test("inbox: of two processes that claim 60 events at once, one has each", async () => {
    const connections = await Promise.all([connectionOf(cluster, protocol), connectionOf(cluster, protocol)]);
    const inboxes = connections.map((redis) => redisInbox(redis, { prefix: name }));
    const ids = Array.from({ length: 60 }, (_, index) => `event ${index}`);
    const claims = await Promise.all(inboxes.map((inbox) => Promise.all(ids.map((id) => inbox.claim(id, 60_000)))));
    for (const [index, id] of ids.entries()) {
      const kinds = claims.map((own) => own[index]!.kind);
      expect(kinds.toSorted()).toEqual(["busy", "claimed"]);
      const winner = kinds.indexOf("claimed");
      await inboxes[winner]!.complete(id, "");
    }
    expect(new Set((await Promise.all(ids.map((id) => inboxes[0]!.claim(id, 1)))).map(({ kind }) => kind))).toEqual(
      new Set(["done"]),
    );
  });

  test("a slot that moves to another node in between: every call is decided, and its state moves, too", async () => {
    const errors: string[] = [];
    const onError = ({ message }: Error) => void errors.push(message);
    const { reserve, reserveAll } = limitsOf(await connectionOf(cluster, protocol), name, onError);
    const slot = keySlot(`{${await tenantFingerprint(tenants[0]!, "secret")}}`);
    const owner = async () => {
      const counts = await Promise.all(
        cluster.masters.map(async ({ client }) =>
          Number(await client.call("CLUSTER", "COUNTKEYSINSLOT", String(slot))),
        ),
      );
      return counts.findIndex((count) => count > 0);
    };
    const delays = [(await reserve()).delayMs, (await reserve()).delayMs];
    const index = await owner();
    const from = cluster.masters[index]!;
    const to = cluster.masters[(index + 1) % 3]!;
    await moveSlot(cluster, slot, {
      from,
      to,
      // Each is decided by the cluster, or by the part of this process.
      between: async () => expect((await reserveAll()).every(({ delayMs }) => Number.isFinite(delayMs))).toBe(true),
    });
    // As late as if it had not moved.
    await expect.poll(async () => (await reserve()).delayMs, { timeout: 10_000 }).toBeGreaterThan(delays[1]! + 500);
    await expect.poll(owner).toBe((index + 1) % 3);
    expect(errors.length).toBeLessThanOrEqual(1);
  });
});
