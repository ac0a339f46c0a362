import { onTestFinished } from "vitest";
import { type TieredCacheOptions, tieredCache } from "../src/cache/index.js";
import type { ProviderFacts } from "../src/index.js";
import { type RedisConnection, redisCacheStore } from "../src/redis/index.js";
import { createAcme } from "./acme.js";
import { keySecret } from "./cache.js";
import { stubFetch } from "./stub-fetch.js";

/** The options of a call whose response is stored, and invalidated by a tag. */
export const ttl = { cache: { ttlMs: 60_000, tags: ["things"] } };

/** A client with its own cache on Redis, as in a process of its own. */
export function processOn(
  redis: RedisConnection,
  fetch: typeof globalThis.fetch,
  { facts, ...options }: TieredCacheOptions & { readonly facts?: Partial<ProviderFacts> } = {},
): ReturnType<typeof createAcme> {
  const cache = tieredCache({ store: redisCacheStore(redis), keySecret, ...options });
  onTestFinished(() => cache.close());
  return createAcme({ fetch, cache, rateLimit: false }, {}, facts);
}

/** A provider whose response has a version. */
export function versioned() {
  let version = 1;
  const { fetch, requests } = stubFetch((request) => Response.json({ version, of: request.url }));
  return {
    fetch,
    requests,
    change: () => {
      version += 1;
    },
  };
}
