import { describe, expect, test } from "vitest";
import { type TestStore, testStore } from "../../test/cache-store.js";
import { rejection } from "../../test/call.js";
import { createEntry } from "../../test/entry.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { CacheStore } from "./index.js";
import { createSharedTier } from "./shared-tier.js";

/** A tier on a store that writes down what it is asked, with an entry under two tags. */
async function tierOn(parts: (store: TestStore) => Partial<CacheStore> = () => ({})) {
  const asked: string[] = [];
  let isAway = false;
  const store = testStore(async (name) => {
    if (!name.endsWith("goes out")) return;
    asked.push(name.replace(" goes out", ""));
    if (isAway) throw new Error("away");
  });
  const entry = createEntry({ tags: ["a", "b"], body: '{"of":"the store"}', bodyBytes: 18 });
  const own = createSharedTier(store, (entry) => entry);
  const { marks = [] } = (await own.claim("key", entry.tags, "token", 60_000)) ?? {};
  await own.publish("key", entry.tags, { token: "token", marks, entry, ttlMs: 60_000 });
  asked.length = 0;
  const tier = createSharedTier({ ...store, ...parts(store) }, (entry) => entry);
  return {
    tier,
    store,
    entry,
    asked,
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
    const { tier, entry, asked } = await tierOn();
    expect(await tier.read("key", tags)).toEqual(entry);
    expect(asked).toEqual(expected);
  });

  test.each([[["a", "b"]], [["a"]], [["b"]], [[]]])(
    "that was called back is not, by who asks about %j",
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
  test.each([[undefined], ["marks"], [{}], [[1]], [["mark", 1]], [[undefined, "mark"]]])(
    "that is answered with the marks %j is none",
    async (marks) => {
      const { tier } = await tierOn(() => ({ claim: async () => ({ won: true, value: undefined, marks }) as never }));
      expect(await tier.claim("key", ["a", "b"], "token", 0)).toBeUndefined();
    },
  );

  test("says what is there, by which marks, and whether it was won", async () => {
    const { tier, entry } = await tierOn();
    const first = await tier.claim("key", ["a", "b"], "first", 60_000);
    expect(first).toEqual({ entry, marks: ["mark 1", "mark 2"], won: true });
    expect(await tier.claim("key", ["a", "b"], "second", 60_000)).toEqual({ ...first, won: false });
    expect(await tier.claim("other", [], "second", 60_000)).toEqual({ entry: undefined, marks: [], won: true });
  });
});

describe("a publication", () => {
  const nothing = { token: "token", entry: undefined, ttlMs: 0 };

  test("says whether it was stored, was called back, or the store is away", async () => {
    const { tier, entry, setAway } = await tierOn();
    const publish = (marks: readonly string[]) =>
      tier.publish("key", ["a", "b"], { ...nothing, entry, marks, ttlMs: 60_000 });
    expect(await publish(["mark 1", "mark 2"])).toBe("stored");
    expect(await publish(["mark 1", "mark 0"])).toBe("called back");
    setAway(true);
    expect(await publish(["mark 1", "mark 2"])).toBe("away");
  });

  test("of nothing leaves what is there; of what is gone takes its place", async () => {
    const { tier, store, entry } = await tierOn();
    await tier.publish("key", ["a", "b"], { ...nothing, marks: ["mark 1", "mark 2"] });
    expect(await tier.read("key", ["a", "b"])).toEqual(entry);
    await tier.publish("key", ["a", "b"], { ...nothing, marks: ["mark 1", "mark 2"], isGone: true });
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    // An empty text would be no value to a store.
    expect(store.values.get("key")?.value).not.toBe("");
  });
});

describe("what a store could not be told", () => {
  test("is told before it is next used, once", async () => {
    const { tier, asked, setAway } = await tierOn();
    setAway(true);
    expect((await rejection(tier.invalidate(["a"]))).message).toBe("away");
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    expect(asked).toEqual(["invalidate", "invalidate"]);
    setAway(false);
    asked.length = 0;
    expect(await tier.read("key", ["a", "b"])).toBeUndefined();
    await tier.read("key", ["a", "b"]);
    expect(asked).toEqual(["invalidate", "read", "read"]);
  });

  test("is told with what is called back later", async () => {
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
    const { tier, asked, setAway } = await tierOn();
    const tagsOf = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);
    const refused = new ConfigurationError(
      "The cache's store is away, and more invalidations wait for it than are kept.",
    );
    setAway(true);
    expect(await rejection(tier.invalidate(tagsOf(10_001)))).toEqual(refused);
    expect(asked).toEqual([]);
    expect((await rejection(tier.invalidate(tagsOf(9_999)))).message).toBe("away");
    expect((await rejection(tier.invalidate(["the last"]))).message).toBe("away");
    const error = await rejection(tier.invalidate(["one more"]));
    expect(error).toBeInstanceOf(ConfigurationError);
    setAway(false);
    await tier.read("key", []);
    await tier.invalidate(["one more"]);
  });

  test("is nothing, where no tags were called back", async () => {
    const { tier, asked } = await tierOn();
    await tier.invalidate([]);
    expect(asked).toEqual([]);
  });
});
