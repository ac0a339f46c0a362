import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { tenantFingerprint } from "../../src/auth/tenant-fingerprint.js";
import { redisCacheStore, redisInbox, redisRateLimits } from "../../src/redis/index.js";
import { keySlot } from "../../src/redis-connection/key-slot.js";
import { createTenant } from "../call.js";
import { limitCost } from "../limit-cost.js";
import { ioredisCluster, moveSlot, nodeRedisCluster, type RedisCluster, startCluster } from "../redis-cluster.js";

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster?.close());

const user = { username: "connectry", password: "PASSWORD" };
const tenants = Array.from({ length: 12 }, (_, index) => createTenant(`sk_test_${index}`));
const costs = [limitCost("default 0", 100)];
const nodes = () => [...cluster.masters, ...cluster.replicas];

/** The rules that the README documents, as arguments of ACL SETUSER: those of one node, and those that a cluster needs as well. */
async function documentedRules(): Promise<string[][]> {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  return [...readme.matchAll(/^ACL SETUSER connectry ([^`]+)^```/gm)].map(([, text = ""]) => text.trim().split(/\s+/));
}

const allAcl = (...args: string[]) => Promise.all(nodes().map(({ client }) => client.call("ACL", ...args)));

/** The commands that were refused by any node. */
async function refused(): Promise<string[]> {
  const logs = (await allAcl("LOG")) as unknown[][];
  return logs.flatMap((log) => log.map((entry) => String([entry].flat()[7])));
}

test.each([
  ["ioredis", ioredisCluster],
  ["node-redis", nodeRedisCluster],
] as const)(
  "with the rights that the README documents a cluster is used by %s, also while a slot moves",
  async (_, connectionOf) => {
    for (const rules of await documentedRules()) await allAcl("SETUSER", "connectry", ...rules);
    await allAcl("LOG", "RESET");
    const redis = await connectionOf(cluster, 3, user);
    const errors: string[] = [];
    const onError = ({ message }: Error) => void errors.push(message);
    const limits = redisRateLimits({ redis, keySecret: "secret", processes: 2, onError });
    onTestFinished(() => limits.close());
    const reserveAll = () =>
      Promise.all(tenants.map((tenant) => limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 })));
    await reserveAll();
    const store = redisCacheStore(redis, { slots: 16 });
    const inbox = redisInbox(redis);
    for (let index = 0; index < 20; index += 1) {
      const key = `${connectionOf.name} ${index}`;
      expect((await inbox.claim(key, 60_000)).kind).toBe("claimed");
      const { tagVersions } = await store.claim(key, ["t"], { token: "a", leaseMs: 10_000 });
      expect(await store.publish(key, ["t"], { token: "a", tagVersions, value: key, ttlMs: 60_000 })).toBe(true);
    }
    expect(errors).toEqual([]);
    const slot = keySlot(`{${await tenantFingerprint(tenants[0]!, "secret")}}`);
    const counts = await Promise.all(
      cluster.masters.map(async ({ client }) => Number(await client.call("CLUSTER", "COUNTKEYSINSLOT", String(slot)))),
    );
    const index = counts.findIndex((count) => count > 0);
    const [from, to] = [cluster.masters[index]!, cluster.masters[(index + 1) % 3]!];
    await moveSlot(cluster, slot, { from, to, between: reserveAll });
    await reserveAll();
    // A lost connection has the client ask for the nodes anew.
    await Promise.all(nodes().map(({ client }) => client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")));
    await expect
      .poll(async () => (await inbox.claim(`${connectionOf.name} after`, 60_000)).kind)
      .toMatch(/claimed|busy/);
    // What both clients do without: names of connections, and reads from replicas, which nothing here asks for.
    const optional = ["client|setinfo", "client|setname", "readonly"];
    expect((await refused()).filter((command) => !optional.includes(command))).toEqual([]);
  },
);
