import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { nodeRedisConnection, startRedis } from "../../test/redis.js";
import type { CacheStore } from "../cache/index.js";
import { redisCacheStore } from "./redis-cache-store.js";

const tags = ["one", "two"];

async function openStore(): Promise<CacheStore> {
  return redisCacheStore(await nodeRedisConnection(await startRedis()));
}

test("R25: what one has claimed no other wins, until its lease ends or it has published", async () => {
  const store = await openStore();
  expect((await store.claim("key", tags, { token: "first", leaseMs: 60_000 })).won).toBe(true);
  expect((await store.claim("key", tags, { token: "second", leaseMs: 60_000 })).won).toBe(false);
  // The same token renews its claim, here to one that ends soon.
  expect((await store.claim("key", tags, { token: "first", leaseMs: 20 })).won).toBe(true);
  await sleep(40);
  const { won, tagVersions } = await store.claim("key", tags, { token: "second", leaseMs: 60_000 });
  expect(won).toBe(true);
  // Whose lease ended releases nobody else's.
  await store.publish("key", tags, { token: "first", tagVersions, value: undefined, ttlMs: 0 });
  expect((await store.claim("key", tags, { token: "third", leaseMs: 60_000 })).won).toBe(false);
  expect(await store.publish("key", tags, { token: "second", tagVersions, value: "value", ttlMs: 60_000 })).toBe(true);
  expect(await store.claim("key", tags, { token: "third", leaseMs: 60_000 })).toEqual({
    won: true,
    value: "value",
    tagVersions,
  });
});

test("R25: with no lease every claim wins, and holds up nobody", async () => {
  const store = await openStore();
  expect((await store.claim("key", tags, { token: "first", leaseMs: 0 })).won).toBe(true);
  expect((await store.claim("key", tags, { token: "second", leaseMs: 60_000 })).won).toBe(true);
});

test.each(tags)("R32: what was invalidated by %j since it was claimed is not published", async (tag) => {
  const store = await openStore();
  const { tagVersions } = await store.claim("key", tags, { token: "first", leaseMs: 60_000 });
  await store.invalidate([tag]);
  expect(await store.publish("key", tags, { token: "first", tagVersions, value: "old", ttlMs: 60_000 })).toBe(false);
  const read = await store.read("key", tags);
  expect(read.value).toBeUndefined();
  expect(read.tagVersions).not.toEqual(tagVersions);
  // Its claim is over all the same.
  expect((await store.claim("key", tags, { token: "second", leaseMs: 60_000 })).won).toBe(true);
});
