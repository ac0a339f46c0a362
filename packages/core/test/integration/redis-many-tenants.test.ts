import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test } from "vitest";
import { type RedisConnection, type RedisRateLimits, redisRateLimits, upstash } from "../../src/redis/index.js";
import { createTenant } from "../call.js";
import { limitCost } from "../limit-cost.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection, upstashFront } from "../redis.js";
import { scriptCommands } from "../redis-commands.js";

const connections = { "node-redis": nodeRedisConnection, ioredis: ioredisConnection, Upstash: upstashConnection };
const tenants = Array.from({ length: 200 }, (_, index) => createTenant(`sk_test_${index}`));
const costs = [limitCost("default 0", 1)];

/** One permit for each tenant, asked for in one tick. */
async function reserveAll(limits: RedisRateLimits): Promise<readonly string[]> {
  const all = tenants.map((tenant) => limits.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 }));
  return (await Promise.all(all)).map(({ kind, delayMs }) => `${kind} ${delayMs > 0 ? "later" : "now"}`);
}

/** Limits whose tenants are known, and whose script Redis knows. */
async function warmLimits(redis: RedisConnection): Promise<RedisRateLimits> {
  const limits = redisRateLimits({ redis, keySecret: "secret", processes: 1 });
  onTestFinished(() => limits.close());
  expect(new Set(await reserveAll(limits))).toEqual(new Set(["reserved now"]));
  return limits;
}

describe.each(Object.entries(connections))("by %s", (_, connectionOf) => {
  test("200 tenants that ask in one tick cost one command for 50 of them, and each has a limit of its own", async () => {
    const redis = await connectionOf(await startRedis(), { timeoutMs: 20_000 });
    const limits = await warmLimits(redis);
    await redis.send(["CONFIG", "RESETSTAT"]);
    expect(new Set(await reserveAll(limits))).toEqual(new Set(["reserved later"]));
    expect(await scriptCommands(redis)).toBe(4);
  });
});

test("over HTTP 200 tenants that ask in one tick cost one request", async () => {
  let posts = 0;
  const front = await upstashFront(await startRedis());
  const redis = upstash({
    ...front,
    fetch: (url, init) => {
      posts += 1;
      return fetch(url, init);
    },
  });
  const limits = await warmLimits(redis);
  posts = 0;
  await reserveAll(limits);
  expect(posts).toBe(1);
});

test("in a cluster 200 tenants that ask in one tick cost one command each, which reach a node in a few packets", async () => {
  const server = await startRedis({ cluster: true });
  const redis = await ioredisConnection(server);
  const limits = await warmLimits(redis);
  const client = new Redis(server.url);
  onTestFinished(() => client.disconnect());
  const reads = async () => Number(/total_reads_processed:(\d+)/.exec(await client.info("stats"))?.[1]);
  await redis.send(["CONFIG", "RESETSTAT"]);
  const before = await reads();
  await reserveAll(limits);
  // Redis reads 16 kB at a time.
  expect((await reads()) - before).toBeLessThanOrEqual(10);
  expect(await scriptCommands(redis)).toBeGreaterThanOrEqual(190);
});
