import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/index.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { CacheOptions } from "../pipeline/cache-options.js";
import { checkCacheOptions } from "./cache-binding.js";

describe("the option cache of a call", () => {
  const milliseconds = "must be a number of milliseconds, 0 or more, got";
  test.each<[unknown, string]>([
    [true, "GET /things: `cache` must be an object of options, or false."],
    ["yes", "GET /things: `cache` must be an object of options, or false."],
    [5, "GET /things: `cache` must be an object of options, or false."],
    [{ tags: [1] }, "GET /things: cache.tags must be an array of strings."],
    [{ tags: ["a", 1] }, "GET /things: cache.tags must be an array of strings."],
    [{ tags: null }, "GET /things: cache.tags must be an array of strings."],
    [{ tags: "prices" }, "GET /things: cache.tags must be an array of strings."],
    [{ ttlMs: Number.NaN }, `GET /things: cache.ttlMs ${milliseconds} NaN.`],
    [{ ttlMs: null }, `GET /things: cache.ttlMs ${milliseconds} null.`],
    [{ ttlMs: -1 }, `GET /things: cache.ttlMs ${milliseconds} -1.`],
    [{ ttlMs: "5" }, `GET /things: cache.ttlMs ${milliseconds} 5.`],
    [{ ttl: 1 }, "GET /things: unknown option `cache.ttl`: did you mean `ttlMs`?"],
  ])("%j is a ConfigurationError", (cache, message) => {
    const check = () => checkCacheOptions(cache as CacheOptions, "GET /things");
    expect(check).toThrow(new ConfigurationError(message));
    expect(check).toThrow(ConfigurationError);
  });

  test.each<[CacheOptions | false | undefined]>([
    [undefined],
    [false],
    [{}],
    [{ ttlMs: 0, staleWhileRevalidateMs: 0.5, staleIfErrorMs: Infinity, negativeTtlMs: undefined, tags: [] }],
    [{ tags: ["prices"] }],
  ])("%j is accepted", (cache) => {
    expect(() => checkCacheOptions(cache, "GET /things")).not.toThrow();
  });

  test.each([["with a cache"], ["without a cache"]])(
    "is checked by a client %s, before anything is sent",
    async (which) => {
      const { fetch, requests } = stubFetch();
      const acme = createAcme({ fetch, ...(which === "with a cache" && { cache: tieredCache() }) });
      const error = await rejection(acme.GET("/things", { cache: { ttl: 1 } as CacheOptions }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toBe("GET /things: unknown option `cache.ttl`: did you mean `ttlMs`?");
      expect(requests).toEqual([]);
    },
  );
});

test.each([["with a cache"], ["without a cache"]])(
  "invalidate of a client %s rejects what is neither tags nor an operation",
  async (which) => {
    const acme = createAcme(which === "with a cache" ? { cache: tieredCache() } : {});
    const error = await rejection(acme.cache.invalidate({ tag: [] } as never));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toBe("cache.invalidate takes { tags: [...] } or { operation }.");
    await acme.cache.invalidate({ tags: ["prices"] });
  },
);
