import { describe, expect, test } from "vitest";
import { createAcme } from "../../acme.js";
import { awakeTime } from "../../awake-time.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../redis.js";
import { processOn, ttl, versioned } from "../../redis-cache.js";

describe.each([
  ["node-redis", nodeRedisConnection],
  ["ioredis", ioredisConnection],
  ["Upstash", upstashConnection],
] as const)("over %s", (_, linkOf) => {
  test("R33: a Redis that is killed or stopped costs the hit: the first call waits at most 50 ms, and others take at most 1 ms more than without a cache", async () => {
    const server = await startRedis();
    const { fetch, requests } = versioned();
    const acme = processOn(await linkOf(server, { timeoutMs: 40 }), fetch, { memory: false });
    await acme.GET("/things", ttl);
    const harms = [() => server.stop(), () => server.kill()];
    for (const harm of harms) {
      await harm();
      const now = awakeTime();
      await acme.GET("/things", ttl);
      expect(now()).toBeLessThanOrEqual(60);
      const bare = createAcme({ fetch, rateLimit: false });
      // By tens in turn, so that one stall of the machine is in one of thirty.
      const extraMs = [];
      for (let round = 0; round < 30; round += 1) {
        const before = performance.now();
        for (let call = 0; call < 10; call += 1) await acme.GET("/things", ttl);
        const between = performance.now();
        for (let call = 0; call < 10; call += 1) await bare.GET("/things", ttl);
        extraMs.push((between - before - (performance.now() - between)) / 10);
      }
      expect(extraMs.sort((a, b) => a - b)[15]).toBeLessThanOrEqual(1);
    }
    expect(requests.length).toBeGreaterThan(600);
  });
});
