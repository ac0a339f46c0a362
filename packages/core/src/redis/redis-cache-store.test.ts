import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { nodeRedisConnection, startRedis } from "../../test/redis.js";
import type { CacheStore } from "../cache/index.js";
import { redisCacheStore } from "./redis-cache-store.js";

const tags = ["one", "two"];

async function openStore(): Promise<CacheStore> {
  return redisCacheStore(await nodeRedisConnection(await startRedis()));
}

test("R25: a claim is not won by another token until its lease ends or its owner has published", async () => {
  const store = await openStore();
  expect((await store.claim("key", tags, { token: "first", leaseMs: 60_000 })).won).toBe(true);
  expect((await store.claim("key", tags, { token: "second", leaseMs: 60_000 })).won).toBe(false);
  // The same token renews its claim, here with a lease that ends soon.
  expect((await store.claim("key", tags, { token: "first", leaseMs: 20 })).won).toBe(true);
  await sleep(40);
  const { won, tagVersions } = await store.claim("key", tags, { token: "second", leaseMs: 60_000 });
  expect(won).toBe(true);
  // A publication with an ended lease does not release the claim of another token.
  await store.publish("key", tags, { token: "first", tagVersions, value: undefined, ttlMs: 0 });
  expect((await store.claim("key", tags, { token: "third", leaseMs: 60_000 })).won).toBe(false);
  expect(await store.publish("key", tags, { token: "second", tagVersions, value: "value", ttlMs: 60_000 })).toBe(true);
  expect(await store.claim("key", tags, { token: "third", leaseMs: 60_000 })).toEqual({
    won: true,
    value: "value",
    tagVersions,
  });
});

test("R25: a claim without a lease always wins, and blocks no other claim", async () => {
  const store = await openStore();
  expect((await store.claim("key", tags, { token: "first", leaseMs: 0 })).won).toBe(true);
  expect((await store.claim("key", tags, { token: "second", leaseMs: 60_000 })).won).toBe(true);
});

test.each(tags)("R32: an entry that was invalidated by the tag %j since its claim is not published", async (tag) => {
  const store = await openStore();
  const { tagVersions } = await store.claim("key", tags, { token: "first", leaseMs: 60_000 });
  await store.invalidate([tag]);
  expect(await store.publish("key", tags, { token: "first", tagVersions, value: "old", ttlMs: 60_000 })).toBe(false);
  const read = await store.read("key", tags);
  expect(read.value).toBeUndefined();
  expect(read.tagVersions).not.toEqual(tagVersions);
  // The claim is released nevertheless.
  expect((await store.claim("key", tags, { token: "second", leaseMs: 60_000 })).won).toBe(true);
});
