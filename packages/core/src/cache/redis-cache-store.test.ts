import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { nodeRedisLink, startRedis } from "../../test/redis.js";
import type { CacheStore } from "./index.js";
import { redisCacheStore } from "./redis-cache-store.js";

const tags = ["one", "two"];

async function openStore(): Promise<CacheStore> {
  return redisCacheStore(await nodeRedisLink(await startRedis()));
}

test("R25: what one has claimed no other wins, until its lease ends or it has published", async () => {
  const store = await openStore();
  expect((await store.claim("key", tags, "first", 60_000)).won).toBe(true);
  expect((await store.claim("key", tags, "second", 60_000)).won).toBe(false);
  // The same token renews its claim, here to one that ends soon.
  expect((await store.claim("key", tags, "first", 20)).won).toBe(true);
  await sleep(40);
  const { won, marks } = await store.claim("key", tags, "second", 60_000);
  expect(won).toBe(true);
  // Whose lease ended releases nobody else's.
  await store.publish("key", tags, { token: "first", marks, value: undefined, ttlMs: 0 });
  expect((await store.claim("key", tags, "third", 60_000)).won).toBe(false);
  expect(await store.publish("key", tags, { token: "second", marks, value: "value", ttlMs: 60_000 })).toBe(true);
  expect(await store.claim("key", tags, "third", 60_000)).toEqual({ won: true, value: "value", marks });
});

test("R25: with no lease every claim wins, and holds up nobody", async () => {
  const store = await openStore();
  expect((await store.claim("key", tags, "first", 0)).won).toBe(true);
  expect((await store.claim("key", tags, "second", 60_000)).won).toBe(true);
});

test.each(tags)("R32: what was called back by %j since it was claimed is not published", async (tag) => {
  const store = await openStore();
  const { marks } = await store.claim("key", tags, "first", 60_000);
  await store.invalidate([tag]);
  expect(await store.publish("key", tags, { token: "first", marks, value: "old", ttlMs: 60_000 })).toBe(false);
  const read = await store.read("key", tags);
  expect(read.value).toBeUndefined();
  expect(read.marks).not.toEqual(marks);
  // Its claim is over all the same.
  expect((await store.claim("key", tags, "second", 60_000)).won).toBe(true);
});
