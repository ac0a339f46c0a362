import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { rejection } from "../../call.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../redis.js";
import { processOn, ttl, versioned } from "../../redis-cache.js";

describe("an invalidation by one process", () => {
  test("R32: removes the entry from another's memory by a message; after a lost connection a new subscription clears that memory", async () => {
    const server = await startRedis();
    const { fetch, change } = versioned();
    const one = processOn(await nodeRedisConnection(server), fetch);
    const two = processOn(await ioredisConnection(server), fetch);
    await sleep(50);
    await one.GET("/things", ttl);
    await two.GET("/things", ttl);
    expect((await two.GET("/things", ttl)).response.cache).toBe("hit");
    change();
    await one.cache.invalidate({ tags: ["things"] });
    expect((await one.GET("/things", ttl)).data.version).toBe(2);
    await expect
      .poll(async () => (await two.GET("/things", ttl)).data.version, { timeout: 5_000, interval: 5 })
      .toBe(2);
    change();
    await server.restart();
    await expect
      .poll(async () => (await two.GET("/things", ttl)).data.version, { timeout: 10_000, interval: 20 })
      .toBe(3);
  });

  test("over HTTP, without subscriptions, takes effect when another reads Redis instead of its memory, after a second", async () => {
    const server = await startRedis();
    const { fetch, change } = versioned();
    const [one, two] = [
      processOn(await upstashConnection(server), fetch),
      processOn(await upstashConnection(server), fetch),
    ];
    await two.GET("/things", ttl);
    expect((await two.GET("/things", ttl)).response.cache).toBe("hit");
    change();
    await one.cache.invalidate({ tags: ["things"] });
    await expect
      .poll(async () => (await two.GET("/things", ttl)).data.version, { timeout: 10_000, interval: 20 })
      .toBe(2);
  });

  test("rejects while Redis is unavailable, and is sent before the next read of Redis", async () => {
    const server = await startRedis();
    const { fetch, change } = versioned();
    const acme = processOn(await nodeRedisConnection(server), fetch);
    await acme.GET("/things", ttl);
    change();
    server.stop();
    expect((await rejection(acme.cache.invalidate({ tags: ["things"] }))).message).toContain("Redis is unavailable");
    expect((await acme.GET("/things", ttl)).data.version).toBe(2);
    server.resume();
    const other = processOn(await nodeRedisConnection(server), fetch);
    await expect
      .poll(
        async () => {
          await acme.GET(`/others/${performance.now()}`, ttl);
          return (await other.GET("/things", ttl)).data.version;
        },
        { timeout: 10_000 },
      )
      .toBe(2);
  });
});
