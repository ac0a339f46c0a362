import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { describe, expect, onTestFinished, test } from "vitest";
import { tokenStoreContract } from "../../test/oauth/token-store-contract.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../test/redis.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { createRedisConnection } from "../redis-connection/redis-connection.js";
import { redisTokens } from "./redis-tokens.js";

const keySecret = "a secret of these tests";

describe.each([
  ["node-redis", nodeRedisConnection],
  ["ioredis", ioredisConnection],
  ["upstash", upstashConnection],
])("tokens in Redis, by %s", (_, connect) => {
  tokenStoreContract(async () => ({
    store: redisTokens(await connect(await startRedis()), { keySecret }),
    pass: (ms) => sleep(ms),
  }));
});

test("R44: no key of Redis contains the name of an account", async () => {
  const server = await startRedis();
  const store = redisTokens(await nodeRedisConnection(server), { keySecret });
  await store.put("ada@customer.test", { version: "1", value: "sealed" }, undefined);
  await store.claim("ada@customer.test", "x", 60_000);
  const client = await createClient({ url: server.url }).connect();
  onTestFinished(() => client.destroy());
  const keys = await client.keys("*");
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(key).toMatch(/^connectry:tokens:\{[\w-]{32}\}(:lease)?$/);
});

test("a command may take a second, also where the connection allows less", async () => {
  const connection = createRedisConnection({ send: () => sleep(200, [[1, null]]) }, { timeoutMs: 20 });
  expect(await redisTokens(connection, { keySecret }).get("a")).toBeUndefined();
  await expect(redisTokens(connection, { keySecret, timeoutMs: 20 }).get("a")).rejects.toThrow("20 ms");
});

test.each([undefined, "", "short"])("a keySecret of %j is refused", (secret) => {
  const connection = createRedisConnection({ send: async () => null });
  expect(() => redisTokens(connection, { keySecret: secret as string })).toThrow(ConfigurationError);
});
