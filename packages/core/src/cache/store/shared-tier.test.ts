import { describe, expect, test } from "vitest";
import { type TestStore, testStore } from "../../../test/cache-store.js";
import { rejection } from "../../../test/call.js";
import { createEntry } from "../../../test/entry.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import type { CacheStore } from "../index.js";
import { createSharedTier } from "./shared-tier.js";

/** A tier on a store that records its operations, with an entry under two tags. */
async function tierOn(parts: (store: TestStore) => Partial<CacheStore> = () => ({})) {
  const requested: string[] = [];
  let isUnavailable = false;
  const store = testStore(async (name) => {
    if (!name.endsWith("goes out")) return;
    requested.push(name.replace(" goes out", ""));
    if (isUnavailable) throw new Error("unavailable");
  });
  const entry = createEntry({ tags: ["a", "b"], body: '{"of":"the store"}', bodyBytes: 18 });
  const own = createSharedTier(store, (entry) => entry);
  const { tagVersions = [] } = (await own.claim("key", entry.tags, { token: "token", leaseMs: 60_000 })) ?? {};
  await own.publish("key", entry.tags, { token: "token", tagVersions, entry, ttlMs: 60_000 });
  requested.length = 0;
  const tier = createSharedTier({ ...store, ...parts(store) }, (entry) => entry);
  return {
    tier,
    store,
    entry,
    requested,
    setUnavailable: (unavailable: boolean) => {
      isUnavailable = unavailable;
    },
  };
}

describe("an entry under tags", () => {
  test.each([
    [["a", "b"], ["read"]],
    [["b", "c", "a"], ["read"]],
    [["a"], ["read", "read"]],
    [[], ["read", "read"]],
  ])("is found by a read with the tags %j, which takes %j", async (tags, expected) => {
    const { tier, entry, requested } = await tierOn();
    expect(await tier.read("key", tags)).toEqual(entry);
    expect(requested).toEqual(expected);
  });

  test.each([[["a", "b"]], [["a"]], [["b"]], [[]]])(
    "that was invalidated is not found by a read with the tags %j",
    async (tags) => {
      const { tier, store } = await tierOn();
      await store.invalidate(["b"]);
      expect(await tier.read("key", tags)).toBeUndefined();
    },
  );

  test("is not found if it was replaced while the versions of its tags were read", async () => {
    let count = 0;
    const { tier, entry } = await tierOn((store) => ({
      async read(key, tags) {
        const stored = await store.read(key, tags);
        count += 1;
        return count === 2 ? { ...stored, value: `${stored.value} ` } : stored;
      },
    }));
    expect(await tier.read("key", ["a"])).toBeUndefined();
    expect(await tier.read("key", ["a"])).toEqual(entry);
  });
});

describe("a claim", () => {
  test.each([[undefined], ["versions"], [{}], [[1]], [["version", 1]], [[undefined, "version"]]])(
    "fails if the store replies with the tag versions %j",
    async (tagVersions) => {
      const { tier } = await tierOn(() => ({
        claim: async () => ({ won: true, value: undefined, tagVersions }) as never,
      }));
      expect(await tier.claim("key", ["a", "b"], { token: "token", leaseMs: 0 })).toBeUndefined();
    },
  );

  test("returns the entry, the tag versions, and whether it was won", async () => {
    const { tier, entry } = await tierOn();
    const first = await tier.claim("key", ["a", "b"], { token: "first", leaseMs: 60_000 });
    expect(first).toEqual({ entry, tagVersions: ["version 1", "version 2"], won: true });
    expect(await tier.claim("key", ["a", "b"], { token: "second", leaseMs: 60_000 })).toEqual({ ...first, won: false });
    expect(await tier.claim("other", [], { token: "second", leaseMs: 60_000 })).toEqual({
      entry: undefined,
      tagVersions: [],
      won: true,
    });
  });
});

describe("a publication", () => {
  const nothing = { token: "token", entry: undefined, ttlMs: 0 };

  test("returns whether it was stored, was invalidated, or the store is unavailable", async () => {
    const { tier, entry, setUnavailable } = await tierOn();
    const publish = (tagVersions: readonly string[]) =>
      tier.publish("key", ["a", "b"], { ...nothing, entry, tagVersions, ttlMs: 60_000 });
    expect(await publish(["version 1", "version 2"])).toBe("stored");
    expect(await publish(["version 1", "version 0"])).toBe("invalidated");
    setUnavailable(true);
    expect(await publish(["version 1", "version 2"])).toBe("unavailable");
  });

  test("without an entry keeps the stored value; with isGone it replaces the value", async () => {
    const { tier, store, entry } = await tierOn();
    await tier.publish("key", ["a", "b"], { ...nothing, tagVersions: ["version 1", "version 2"] });
    expect(await tier.read("key", ["a", "b"])).toEqual(entry);
    await tier.publish("key", ["a", "b"], { ...nothing, tagVersions: ["version 1", "version 2"], isGone: true });
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    // A store may treat an empty text as no value.
    expect(store.values.get("key")?.value).not.toBe("");
  });
});

describe("an invalidation that the store did not receive", () => {
  test("is sent once, before the next operation on the store", async () => {
    const { tier, requested, setUnavailable } = await tierOn();
    setUnavailable(true);
    expect((await rejection(tier.invalidate(["a"]))).message).toBe("unavailable");
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    expect(requested).toEqual(["invalidate", "invalidate"]);
    setUnavailable(false);
    requested.length = 0;
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    await tier.read("key", ["a", "b"]);
    expect(requested).toEqual(["invalidate", "read", "read"]);
  });

  test("is sent together with later invalidations", async () => {
    const received: (readonly string[])[] = [];
    let isUnavailable = true;
    const { tier } = await tierOn(() => ({
      async invalidate(tags) {
        if (isUnavailable) throw new Error("unavailable");
        received.push(tags);
      },
    }));
    await rejection(tier.invalidate(["a", "b"]));
    isUnavailable = false;
    await tier.invalidate(["b", "c"]);
    expect(received).toEqual([["a", "b", "c"]]);
  });

  test("is kept for up to 10,000 tags; more are rejected", async () => {
    const { tier, requested, setUnavailable } = await tierOn();
    const tagsOf = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);
    const refused = new ConfigurationError(
      "The store of the cache is unavailable, and 10000 invalidations are already waiting for it.",
    );
    setUnavailable(true);
    expect(await rejection(tier.invalidate(tagsOf(10_001)))).toEqual(refused);
    expect(requested).toEqual([]);
    expect((await rejection(tier.invalidate(tagsOf(9_999)))).message).toBe("unavailable");
    expect((await rejection(tier.invalidate(["the last"]))).message).toBe("unavailable");
    const error = await rejection(tier.invalidate(["one more"]));
    expect(error).toBeInstanceOf(ConfigurationError);
    setUnavailable(false);
    await tier.read("key", []);
    await tier.invalidate(["one more"]);
  });

  test("without tags is not sent", async () => {
    const { tier, requested } = await tierOn();
    await tier.invalidate([]);
    expect(requested).toEqual([]);
  });
});
