import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import { ioredisLink, nodeRedisLink, startRedis, upstashLink } from "../../test/redis.js";
import { processOn, ttl, versioned } from "../../test/redis-cache.js";

describe("calling back across processes", () => {
  test("R32: reaches the other's memory within 100 ms, and a channel that was lost empties it when it stands again", async () => {
    const server = await startRedis();
    const { fetch, change } = versioned();
    const one = processOn(await nodeRedisLink(server), fetch);
    const two = processOn(await ioredisLink(server), fetch);
    await sleep(50);
    await one.GET("/things", ttl);
    await two.GET("/things", ttl);
    expect((await two.GET("/things", ttl)).response.cache).toBe("hit");
    change();
    await one.cache.invalidate({ tags: ["things"] });
    expect((await one.GET("/things", ttl)).data.version).toBe(2);
    await expect.poll(async () => (await two.GET("/things", ttl)).data.version, { timeout: 100, interval: 5 }).toBe(2);
    change();
    await server.restart();
    await expect
      .poll(async () => (await two.GET("/things", ttl)).data.version, { timeout: 5_000, interval: 20 })
      .toBe(3);
  });

  test("over HTTP, where nobody tells, memory asks again after a second", async () => {
    const server = await startRedis();
    const { fetch, change } = versioned();
    const [one, two] = [processOn(await upstashLink(server), fetch), processOn(await upstashLink(server), fetch)];
    await two.GET("/things", ttl);
    expect((await two.GET("/things", ttl)).response.cache).toBe("hit");
    change();
    await one.cache.invalidate({ tags: ["things"] });
    await expect
      .poll(async () => (await two.GET("/things", ttl)).data.version, { timeout: 1_500, interval: 20 })
      .toBe(2);
  });

  test("with Redis away it says so, and is made good before Redis is next read", async () => {
    const server = await startRedis();
    const { fetch, change } = versioned();
    const acme = processOn(await nodeRedisLink(server), fetch);
    await acme.GET("/things", ttl);
    change();
    server.stop();
    expect((await rejection(acme.cache.invalidate({ tags: ["things"] }))).message).toContain("Redis is away");
    expect((await acme.GET("/things", ttl)).data.version).toBe(2);
    server.resume();
    const other = processOn(await nodeRedisLink(server), fetch);
    await expect
      .poll(
        async () => {
          await acme.GET(`/others/${performance.now()}`, ttl);
          return (await other.GET("/things", ttl)).data.version;
        },
        { timeout: 5_000 },
      )
      .toBe(2);
  });
});
