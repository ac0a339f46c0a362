import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, keySecret } from "../../test/cache.js";
import { testStore } from "../../test/cache-store.js";
import { rejection } from "../../test/call.js";
import { counting } from "../../test/counting.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { tieredCache } from "./index.js";

describe("the options of a cache", () => {
  test("include a store, which needs a keySecret of at least 16 characters", () => {
    expect(tieredCache({ store: testStore(), keySecret: "x".repeat(16) }).memoryBytes).toBe(0);
    expect(tieredCache({ memory: false }).memoryBytes).toBe(0);
    expect(() => tieredCache({ store: testStore(), keySecret: "x".repeat(15) })).toThrow("at least 16 characters");
    expect(() => tieredCache({ store: testStore(), keySecret: 1 as never })).toThrow("a store needs keySecret");
    expect(() => tieredCache({ redis: {}, store: testStore(), keySecret } as never)).toThrow(
      new ConfigurationError(
        "tieredCache: unknown option `redis`: known are `leaseMs`, `memory`, `store`, `keySecret`.",
      ),
    );
  });
});

test.each([[{}], [{ tags: "prices" }], [{ tags: undefined }], [{ tag: "prices" }]])(
  "invalidate rejects %j, which is neither a list of tags nor an operation",
  async (what) => {
    const { invalidate } = cacheOf({ clock: fakeClock() }, counting());
    const error = await rejection(invalidate(what as never));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toBe("cache.invalidate takes { tags: [...] } or { operation }.");
  },
);

test("a closed cache still works, and uses its memory for a second before it reads the store", async () => {
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

test.each([
  ["/v1/prices"],
  ["get /v1/prices"],
  ["GET v1/prices"],
  ["GET /v1/prices "],
  [{ path: "/v1/prices" }],
  [7],
  [null],
])("invalidate rejects the operation %j, which is not a method and a path", async (operation) => {
  const { invalidate } = cacheOf({ clock: fakeClock() }, counting());
  const error = await rejection(invalidate({ operation } as never));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error.message).toMatch(
    /^cache\.invalidate: an operation is a method and a path, such as GET \/v1\/prices, got /,
  );
});
