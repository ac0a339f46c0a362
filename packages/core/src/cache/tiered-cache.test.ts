import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, keySecret } from "../../test/cache.js";
import { testStore } from "../../test/cache-store.js";
import { rejection } from "../../test/call.js";
import { counting } from "../../test/counting.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { RedisLink } from "../redis/redis-link.js";
import { tieredCache } from "./index.js";

const link: RedisLink = { isUp: true, send: async () => null, run: async () => null, subscribe: undefined };

describe("the options of a cache", () => {
  test("are one store, with a secret of 16 characters", () => {
    expect(tieredCache({ redis: link, keySecret: "x".repeat(16) }).memoryBytes).toBe(0);
    expect(tieredCache({ memory: false }).memoryBytes).toBe(0);
    expect(() => tieredCache({ redis: link, keySecret: "x".repeat(15) })).toThrow("at least 16 characters");
    expect(() => tieredCache({ redis: link, keySecret: 1 as never })).toThrow("keySecret is needed");
    expect(() => tieredCache({ redis: link, store: testStore(), keySecret })).toThrow(
      new ConfigurationError("tieredCache takes `redis` or `store`, not both."),
    );
  });
});

test.each([[{}], [{ tags: "prices" }], [{ tags: undefined }], [{ tag: "prices" }]])(
  "what is called back is a list of tags or an operation, and not %j",
  async (what) => {
    const { invalidate } = cacheOf({ clock: fakeClock() }, counting());
    const error = await rejection(invalidate(what as never));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toBe("invalidate takes { tags: [...] } or { operation }.");
  },
);

test("a cache that is closed serves on, and trusts its memory for a second beside a store", async () => {
  const clock = fakeClock();
  const acme = cacheOf({ clock }, counting(), { store: testStore(), keySecret });
  await acme.send({ ttlMs: 60_000 });
  await acme.cache.close();
  expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
  await clock.advance(1_001);
  // From the store.
  expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
  expect(acme.sent).toBe(1);
});
