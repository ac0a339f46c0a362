import { onTestFinished } from "vitest";
import { type TieredCacheOptions, tieredCache } from "../src/cache/index.js";
import type { RedisLink } from "../src/redis/index.js";
import { createAcme } from "./acme.js";
import { keySecret } from "./cache.js";
import { stubFetch } from "./stub-fetch.js";

/** What a call says that wants its answer kept, and called back by a tag. */
export const ttl = { cache: { ttlMs: 60_000, tags: ["things"] } };

/** A process of its own, as far as the cache can tell. */
export function processOn(
  redis: RedisLink,
  fetch: typeof globalThis.fetch,
  options: TieredCacheOptions = {},
): ReturnType<typeof createAcme> {
  const cache = tieredCache({ redis, keySecret, ...options });
  onTestFinished(() => cache.close());
  return createAcme({ fetch, cache, rateLimit: false });
}

/** A provider whose answer has a version. */
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
