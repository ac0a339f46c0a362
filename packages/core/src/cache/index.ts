export type {
  CacheBinding,
  CacheContext,
  CacheHandle,
  CacheHit,
  CacheRequest,
  ClientCache,
  FreshLookup,
  Invalidation,
} from "../client/cache-binding.js";
export type { CacheOptions } from "../pipeline/cache-options.js";
export type {
  CacheLease,
  CacheStore,
  InvalidationListener,
  LeaseRequest,
  Publication,
  StoredValue,
} from "./store/cache-store.js";
export { type TieredCache, tieredCache } from "./tiered-cache.js";
export type { MemoryOptions, TieredCacheOptions } from "./tiered-cache-options.js";
