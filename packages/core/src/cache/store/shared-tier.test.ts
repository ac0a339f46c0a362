import { describe, expect, test } from "vitest";
import { type TestStore, testStore } from "../../../test/cache-store.js";
import { rejection } from "../../../test/call.js";
import { createEntry } from "../../../test/entry.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import type { CacheStore } from "../index.js";
import { createSharedTier } from "./shared-tier.js";

/** A tier on a store that writes down what it is asked, with an entry under two tags. */
async function tierOn(parts: (store: TestStore) => Partial<CacheStore> = () => ({})) {
  const requested: string[] = [];
  let isAway = false;
  const store = testStore(async (name) => {
    if (!name.endsWith("goes out")) return;
    requested.push(name.replace(" goes out", ""));
    if (isAway) throw new Error("away");
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
    asked: requested,
    setAway: (away: boolean) => {
      isAway = away;
    },
  };
}

describe("an entry under tags", () => {
  test.each([
    [["a", "b"], ["read"]],
    [["b", "c", "a"], ["read"]],
    [["a"], ["read", "read"]],
    [[], ["read", "read"]],
  ])("is found by who asks about %j, with %j", async (tags, expected) => {
    const { tier, entry, asked: requested } = await tierOn();
    expect(await tier.read("key", tags)).toEqual(entry);
    expect(requested).toEqual(expected);
  });

  test.each([[["a", "b"]], [["a"]], [["b"]], [[]]])(
    "that was invalidated is not, by who asks about %j",
    async (tags) => {
      const { tier, store } = await tierOn();
      await store.invalidate(["b"]);
      expect(await tier.read("key", tags)).toBeUndefined();
    },
  );

  test("is not found where another took its place while its tags were asked about", async () => {
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
    "that comes with the tag versions %j is a miss",
    async (tagVersions) => {
      const { tier } = await tierOn(() => ({
        claim: async () => ({ won: true, value: undefined, tagVersions }) as never,
      }));
      expect(await tier.claim("key", ["a", "b"], { token: "token", leaseMs: 0 })).toBeUndefined();
    },
  );

  test("says what is there, by which tag versions, and whether it was won", async () => {
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

  test("says whether it was stored, was invalidated, or the store is unavailable", async () => {
    const { tier, entry, setAway } = await tierOn();
    const publish = (tagVersions: readonly string[]) =>
      tier.publish("key", ["a", "b"], { ...nothing, entry, tagVersions, ttlMs: 60_000 });
    expect(await publish(["version 1", "version 2"])).toBe("stored");
    expect(await publish(["version 1", "version 0"])).toBe("invalidated");
    setAway(true);
    expect(await publish(["version 1", "version 2"])).toBe("unavailable");
  });

  test("of nothing leaves what is there; of what is gone takes its place", async () => {
    const { tier, store, entry } = await tierOn();
    await tier.publish("key", ["a", "b"], { ...nothing, tagVersions: ["version 1", "version 2"] });
    expect(await tier.read("key", ["a", "b"])).toEqual(entry);
    await tier.publish("key", ["a", "b"], { ...nothing, tagVersions: ["version 1", "version 2"], isGone: true });
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    // An empty text would be no value to a store.
    expect(store.values.get("key")?.value).not.toBe("");
  });
});

describe("what a store could not be told", () => {
  test("is told before it is next used, once", async () => {
    const { tier, asked: requested, setAway } = await tierOn();
    setAway(true);
    expect((await rejection(tier.invalidate(["a"]))).message).toBe("away");
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    expect(requested).toEqual(["invalidate", "invalidate"]);
    setAway(false);
    requested.length = 0;
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    await tier.read("key", ["a", "b"]);
    expect(requested).toEqual(["invalidate", "read", "read"]);
  });

  test("is told with what is invalidated later", async () => {
    const told: (readonly string[])[] = [];
    let isAway = true;
    const { tier } = await tierOn(() => ({
      async invalidate(tags) {
        if (isAway) throw new Error("away");
        told.push(tags);
      },
    }));
    await rejection(tier.invalidate(["a", "b"]));
    isAway = false;
    await tier.invalidate(["b", "c"]);
    expect(told).toEqual([["a", "b", "c"]]);
  });

  test("is kept up to 10,000 tags; more are refused", async () => {
    const { tier, asked: requested, setAway } = await tierOn();
    const tagsOf = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);
    const refused = new ConfigurationError(
      "The store of the cache is unavailable, and 10000 invalidations are already waiting for it.",
    );
    setAway(true);
    expect(await rejection(tier.invalidate(tagsOf(10_001)))).toEqual(refused);
    expect(requested).toEqual([]);
    expect((await rejection(tier.invalidate(tagsOf(9_999)))).message).toBe("away");
    expect((await rejection(tier.invalidate(["the last"]))).message).toBe("away");
    const error = await rejection(tier.invalidate(["one more"]));
    expect(error).toBeInstanceOf(ConfigurationError);
    setAway(false);
    await tier.read("key", []);
    await tier.invalidate(["one more"]);
  });

  test("is nothing, where no tags were invalidated", async () => {
    const { tier, asked: requested } = await tierOn();
    await tier.invalidate([]);
    expect(requested).toEqual([]);
  });
});
