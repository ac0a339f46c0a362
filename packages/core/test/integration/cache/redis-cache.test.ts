import { setTimeout as sleep } from "node:timers/promises";
import { type RedisServer, seededRandom } from "@connectry/testing";
import { createClient } from "redis";
import { describe, expect, test } from "vitest";
import { redisCacheStore } from "../../../src/redis/index.js";
import { createRedisConnection, type RedisConnection } from "../../../src/redis-connection/redis-connection.js";
import { anyResponse } from "../../acme.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../redis.js";
import { processOn, ttl, versioned } from "../../redis-cache.js";
import { countWaits } from "../../settles-at-once.js";
import { stubFetch } from "../../stub-fetch.js";

async function keysOf(server: RedisServer): Promise<[key: string, ttlMs: number][]> {
  const client = createClient({ url: server.url });
  await client.connect();
  const found: [string, number][] = [];
  for (const key of await client.keys("*")) found.push([key, await client.pTTL(key)]);
  client.destroy();
  return found;
}

describe.each([
  ["node-redis", nodeRedisConnection],
  ["ioredis", ioredisConnection],
  ["Upstash", upstashConnection],
] as const)("over %s", (_, connectionOf) => {
  test("two processes share a response; every key in Redis expires, and the key of an entry is a digest", async () => {
    const server = await startRedis();
    const { fetch, requests } = versioned();
    const [one, two] = [processOn(await connectionOf(server), fetch), processOn(await connectionOf(server), fetch)];
    expect((await one.GET("/things", ttl)).response.cache).toBe("miss");
    const { data, response } = await two.GET("/things", ttl);
    expect(data).toEqual({ version: 1, of: "https://api.acme.test/things" });
    expect([response.cache, response.headers.get("content-type")]).toEqual(["hit", "application/json"]);
    expect(requests).toHaveLength(1);
    const keys = await keysOf(server);
    expect(keys.map(([key]) => key).sort()).toEqual([
      expect.stringMatching(/^connectry:\{cache-0\}:entry:[\w-]{43}$/),
      "connectry:{cache-0}:tag:acme operation GET /things",
      expect.stringMatching(/^connectry:\{cache-0\}:tag:acme operation GET \/things of [\w-]{32}$/),
      "connectry:{cache-0}:tag:acme tag things",
      expect.stringMatching(/^connectry:\{cache-0\}:tag:acme tag things of [\w-]{32}$/),
    ]);
    for (const [key, ttlMs] of keys) expect(ttlMs, key).toBeGreaterThan(0);
  });

  test("a binary response is returned from Redis unchanged", async () => {
    const server = await startRedis();
    const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => (index * 7) % 256);
    const { fetch } = stubFetch(() => new Response(bytes, { headers: { "content-type": "image/png" } }));
    const facts = { facts: anyResponse };
    const [one, two] = [
      processOn(await connectionOf(server), fetch, facts),
      processOn(await connectionOf(server), fetch, facts),
    ];
    await one.GET("/things", ttl);
    const { data, response } = await two.GET("/things", ttl);
    expect([response.cache, data]).toEqual(["hit", bytes]);
  });

  test("R33: with a stopped or killed Redis every call gets its response from the provider, and at most the first one waits for Redis", async () => {
    const server = await startRedis();
    const { fetch, requests } = versioned();
    const { redis, waits } = countWaits(await connectionOf(server, { timeoutMs: 500 }));
    const acme = processOn(redis, fetch, { memory: false });
    await acme.GET("/things", ttl);
    for (const fail of [() => server.stop(), () => server.kill()]) {
      await fail();
      await acme.GET("/things", ttl);
      const before = { waits: waits(), requests: requests.length };
      for (let call = 0; call < 300; call += 1) await acme.GET("/things", ttl);
      expect(waits()).toBe(before.waits);
      expect(requests.length).toBe(before.requests + 300);
    }
  });
});

describe("a cache on Redis", () => {
  test("R33: while Redis is unavailable, entries in memory are still hits, and new ones are stored there", async () => {
    const server = await startRedis();
    const { fetch, requests } = versioned();
    const acme = processOn(await nodeRedisConnection(server), fetch);
    await expect.poll(async () => (await acme.GET("/things", ttl)).response.cache).toBe("hit");
    await server.kill();
    const before = requests.length;
    expect((await acme.GET("/things", ttl)).response.cache).toBe("hit");
    await acme.GET("/others", ttl);
    expect((await acme.GET("/others", ttl)).response.cache).toBe("hit");
    expect(requests).toHaveLength(before + 1);
  });

  test("R33: with a Redis that takes 500 ms to reply, only the first of 21 calls waits for Redis", async () => {
    const { fetch } = versioned();
    const { redis, waits } = countWaits(await slowConnection(500));
    const acme = processOn(redis, fetch, { memory: false });
    await acme.GET("/things", ttl);
    expect(waits()).toBe(1);
    for (let call = 0; call < 20; call += 1) await acme.GET("/things", ttl);
    expect(waits()).toBe(1);
  });

  test("R33: a malformed reply of Redis is a miss", async () => {
    const { fetch, requests } = versioned();
    const random = seededRandom(33);
    const garbage = [
      null,
      0,
      "",
      "OK",
      [],
      {},
      [null],
      ["{}\n", "a", "b"],
      [1, "x", "m", "m"],
      [1, "3 key []\n", "m", "m"],
      ["\u0000\uffff", null, null],
      [1, "", 5, {}],
      undefined,
    ];
    const connection: RedisConnection = {
      isUp: true,
      withTimeout: () => Promise.reject(new Error("not used")) as never,
      send: async () => garbage[Math.floor(random() * garbage.length)],
      run: async () => garbage[Math.floor(random() * garbage.length)],
      subscribe: undefined,
    };
    const acme = processOn(connection, fetch, { memory: false, leaseMs: 50 });
    for (let call = 0; call < 300; call += 1) {
      expect((await acme.GET("/things", ttl)).data).toEqual({ version: 1, of: "https://api.acme.test/things" });
    }
    expect(requests).toHaveLength(300);
  });

  test("R34: an entry of another key, an entry of another schema version, and a truncated entry are misses", async () => {
    const server = await startRedis();
    const connection = await nodeRedisConnection(server);
    const { fetch, requests } = versioned();
    const acme = processOn(connection, fetch, { memory: false });
    await acme.GET("/a", ttl);
    await acme.GET("/b", ttl);
    const entries = (await keysOf(server)).map(([key]) => key).filter((key) => key.includes(":entry:"));
    const [first, second] = await Promise.all(entries.map((key) => connection.send(["GET", key])));
    const swap = async (a: string, b: string) => {
      await connection.send(["SET", entries[0] as string, a, "PX", "60000"]);
      await connection.send(["SET", entries[1] as string, b, "PX", "60000"]);
    };
    await swap(String(second), String(first));
    expect((await acme.GET("/a", ttl)).data.of).toBe("https://api.acme.test/a");
    expect(requests).toHaveLength(3);
    for (const corrupt of [
      (text: string) => text.replace(/^\d+ /, "0 "),
      (text: string) => text.slice(0, -1),
      (text: string) => text.slice(20),
      (text: string) => text.replace("\n", ""),
    ]) {
      await swap(corrupt(String(first)), corrupt(String(second)));
      const before = requests.length;
      expect((await acme.GET("/a", ttl)).response.cache).toBe("miss");
      expect(requests).toHaveLength(before + 1);
    }
  });

  test("R34: 10,000 calls under load, half of which are aborted, store no entry under a wrong key", async () => {
    const server = await startRedis();
    const { fetch } = versioned();
    const [one, two] = [
      processOn(await nodeRedisConnection(server), fetch, { memory: false }),
      processOn(await ioredisConnection(server), fetch, { memory: false }),
    ];
    const random = seededRandom(34);
    let wrong = 0;
    for (let round = 0; round < 100; round += 1) {
      const calls = Array.from({ length: 100 }, async (_, index) => {
        const id = Math.floor(random() * 50);
        const controller = new AbortController();
        if (random() < 0.5) void sleep(Math.floor(random() * 3)).then(() => controller.abort("enough"));
        const acme = index % 2 ? one : two;
        const { data } = await acme.GET(`/things/${id}`, { ...ttl, signal: controller.signal });
        if (data.of !== `https://api.acme.test/things/${id}`) wrong += 1;
      });
      await Promise.allSettled(calls);
    }
    expect(wrong).toBe(0);
    let hits = 0;
    for (let id = 0; id < 50; id += 1) {
      const { data, response } = await one.GET(`/things/${id}`, ttl);
      expect(data.of).toBe(`https://api.acme.test/things/${id}`);
      if (response.cache === "hit") hits += 1;
    }
    expect(hits).toBeGreaterThan(40);
  }, 20_000);

  test("Redis Cluster: entries are distributed over all `slots`, and are read and invalidated in all of them", async () => {
    const server = await startRedis();
    const connection = await nodeRedisConnection(server);
    const { fetch } = versioned();
    const store = redisCacheStore(connection, { slots: 8 });
    const options = { store };
    const acme = processOn(connection, fetch, options);
    for (let id = 0; id < 40; id += 1) await acme.GET(`/things/${id}`, ttl);
    const slots = new Set((await keysOf(server)).map(([key]) => /\{cache-\d\}/.exec(key)?.[0]));
    expect(slots.size).toBe(8);
    const other = processOn(connection, fetch, options);
    expect((await other.GET("/things/7", ttl)).response.cache).toBe("hit");
    await other.cache.invalidate({ tags: ["things"] });
    for (let id = 0; id < 40; id += 1) expect((await other.GET(`/things/${id}`, ttl)).response.cache).toBe("miss");
  });
});

async function slowConnection(delayMs: number): Promise<RedisConnection> {
  return createRedisConnection({ send: () => sleep(delayMs, [null, null, null]) });
}
