export type {
  AttachedCache,
  CacheContext,
  CacheHandle,
  CacheHit,
  CacheOptions,
  CacheRequest,
  ClientCache,
  Invalidation,
} from "./cache-options.js";
export type { CacheStore, Claim, InvalidationListener, Publication, StoredValue } from "./cache-store.js";
export { type RedisCacheStoreOptions, redisCacheStore } from "./redis-cache-store.js";
export { type TieredCache, tieredCache } from "./tiered-cache.js";
export type { MemoryOptions, TieredCacheOptions } from "./tiered-cache-options.js";
