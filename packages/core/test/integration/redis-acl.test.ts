import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { expect, onTestFinished, test } from "vitest";
import {
  ioredis,
  nodeRedis,
  type RedisConnection,
  redisCacheStore,
  redisInbox,
  redisLog,
  redisRateLimits,
  redisTelemetry,
  redisTokens,
} from "../../src/redis/index.js";
import { limitCost, slidingCost, tenant } from "../limit-cost.js";
import { startRedis } from "../redis.js";

const longTimeouts = { timeoutMs: 2_000 };

/** The rules that the README documents, as arguments of ACL SETUSER. */
async function documentedRules(): Promise<string[]> {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [, text = ""] = /^ACL SETUSER connectry ([^`]+)^```/m.exec(readme) ?? [];
  return text.trim().split(/\s+/);
}

/** A Redis with a user who has these rights, and a client of an administrator. */
async function restricted(rules: readonly string[]) {
  const server = await startRedis();
  const admin = new Redis(server.url);
  onTestFinished(() => admin.disconnect());
  await admin.call("ACL", "SETUSER", "connectry", ...rules);
  return { admin, port: server.port };
}

async function byNodeRedis(port: number): Promise<RedisConnection> {
  const client = createClient({ RESP: 3, socket: { port }, username: "connectry", password: "PASSWORD" });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  return nodeRedis(client, longTimeouts);
}

async function byIoredis(port: number): Promise<RedisConnection> {
  const client = new Redis(port, { username: "connectry", password: "PASSWORD" });
  client.on("error", () => {});
  onTestFinished(() => client.disconnect());
  return ioredis(client, longTimeouts);
}

/** Does everything that needs Redis. */
async function useAll(redis: RedisConnection): Promise<void> {
  const limits = redisRateLimits({ redis, keySecret: "secret", onError: (error) => expect.fail(error.message) });
  const request = {
    tenant,
    scopes: ["default"],
    costs: [limitCost("default 0", 100), slidingCost("default 1", 100)],
    waiting: () => 1,
  };
  await limits.reserve(request);
  const throttle = limits.createThrottle?.({ tenant, scope: "default" });
  throttle?.pause(20, 0);
  await redis.send(["PING"]);
  await sleep(50);
  throttle?.countCall(60);
  expect((await limits.reserve(request)).kind).toBe("reserved");
  throttle?.endProbe(70);
  await limits.close();

  const store = redisCacheStore(redis);
  const heard: string[] = [];
  const end = await store.subscribe?.({ ready() {}, invalidated: (tags) => void heard.push(...tags) });
  const { tagVersions } = await store.claim("key", ["tag"], { token: "a", leaseMs: 1_000 });
  expect(await store.publish("key", ["tag"], { token: "a", tagVersions, value: "text", ttlMs: 60_000 })).toBe(true);
  expect((await store.read("key", ["tag"])).value).toBe("text");
  await store.invalidate(["tag"]);
  await expect.poll(() => heard).toEqual(["tag"]);
  await end?.();

  const inbox = redisInbox(redis);
  const claim = await inbox.claim("event", 60_000);
  if (claim.kind !== "claimed") throw new Error("not claimed");
  expect(await inbox.renew("event", claim.token, 60_000)).toBe(true);
  expect((await inbox.claim("event", 60_000)).kind).toBe("busy");
  await inbox.complete("event", claim.token);
  await inbox.release("other", claim.token);
  await inbox.forget("event");

  const log = redisLog(redis, { name: "run" });
  await log.begin("item");
  await log.complete("item");
  await log.release("item");

  const tokens = redisTokens(redis, { keySecret: "a secret of this test" });
  expect(await tokens.claim("account", "me", 1_000)).toBe(true);
  expect(await tokens.renew("account", "me", 1_000)).toBe(true);
  expect(await tokens.put("account", { version: "1", value: "sealed" }, undefined)).toBe(true);
  expect((await tokens.get("account"))?.version).toBe("1");
  expect(await tokens.remove("account", "1")).toBe(true);
  await tokens.release("account", "me");

  await redisTelemetry(redis, { processId: "gone", keepMs: 1 }).publish("{}");
  await sleep(5);
  await Promise.all(
    Array.from({ length: 1_002 }, (_, index) => redisTelemetry(redis, { processId: `${index}` }).publish("{}")),
  );
  expect((await redisTelemetry(redis).read()).length).toBeGreaterThan(1);
}

test("everything works with the rights that the README documents, by either client, and each of them is used", async () => {
  const { admin, port } = await restricted(await documentedRules());
  await useAll(await byNodeRedis(port));
  await admin.call("FLUSHALL");
  await useAll(await byIoredis(port));
  const refused = ((await admin.call("ACL", "LOG")) as unknown[]).map((entry) => [entry].flat()[7]);
  // From Redis 7.2 on, and only for its list of clients.
  expect(refused.filter((command) => command !== "client|setinfo")).toEqual([]);
  const used = new Set(
    [...String(await admin.info("commandstats")).matchAll(/^cmdstat_([a-z|]+):calls/gm)].map(([, name]) => name),
  );
  const allowed = (await documentedRules()).filter((rule) => rule.startsWith("+")).map((rule) => rule.slice(1));
  expect(allowed.length).toBeGreaterThan(20);
  expect(allowed.filter((command) => !used.has(command))).toEqual([]);
});

test("the documented rights allow no other key, channel or command", async () => {
  const { admin } = await restricted(await documentedRules());
  const denied = async (...command: string[]) => String(await admin.call("ACL", "DRYRUN", "connectry", ...command));
  expect(await denied("GET", "connectry:cache")).toBe("OK");
  expect(await denied("GET", "other")).toMatch(/no permissions to access the 'other' key/);
  expect(await denied("PUBLISH", "other", "text")).toMatch(/no permissions to access the 'other' channel/);
  for (const command of [["FLUSHALL"], ["KEYS", "*"], ["CONFIG", "GET", "*"], ["SCRIPT", "FLUSH"], ["ACL", "LIST"]])
    expect(await denied(...command)).toMatch(/no permissions to run/);
});

test("where scripts are refused, each process uses its part of the limit from the first call, and reports it once", async () => {
  const { port } = await restricted([...(await documentedRules()), "-evalsha", "-eval"]);
  const errors: string[] = [];
  const onError = ({ message }: Error) => void errors.push(message);
  const limits = redisRateLimits({ redis: await byNodeRedis(port), keySecret: "secret", processes: 4, onError });
  const costs = [limitCost("default 0", 1)];
  const delays: number[] = [];
  for (let count = 0; count < 5; count += 1) {
    const { delayMs } = await limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
    delays.push(Math.round(delayMs / 1_000));
    // Redis says again that it is there.
    await sleep(30);
  }
  expect(delays).toEqual([0, 4, 8, 12, 16]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain("each process uses 1/4 of the limits, because: ");
  expect(errors[0]).toMatch(/NOPERM.*evalsha/);
  await limits.close();
});
