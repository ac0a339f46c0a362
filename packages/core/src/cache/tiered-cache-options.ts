import { readOptions } from "../connector/options.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { randomUuid } from "../platform/random.js";
import type { RedisLink } from "../redis/redis-link.js";
import type { CacheStore } from "./cache-store.js";
import { redisCacheStore } from "./redis-cache-store.js";

/** How this process holds answers. */
export interface MemoryOptions {
  /** The bound, in bytes. @default 64 MiB */
  readonly maxBytes?: number | undefined;
  /**
   * Keeps JSON parsed, too, and gives all callers the same, frozen all the way down: a hit takes the same time at any size.
   * Whoever changes a result gets a TypeError, from the first call on. @default false: each caller has one of its own
   */
  readonly frozen?: boolean | undefined;
}

/** What a cache is made of. */
export interface TieredCacheOptions {
  /** What this process holds by itself; `false` for nothing. */
  readonly memory?: MemoryOptions | false | undefined;
  /** A link of `@connectry/core/redis`, by which processes share answers and tell each other what is called back. */
  readonly redis?: RedisLink | undefined;
  /** Another store in Redis' place, or `redisCacheStore` with options of its own. */
  readonly store?: CacheStore | undefined;
  /**
   * Under which tenants and keys are named to the store, at least 16 characters, alike in all processes; needed wherever
   * there is one. Who reads the store learns no credential from it.
   */
  readonly keySecret?: string | undefined;
  /**
   * Milliseconds after which another process fetches where the one that began was killed; while it lives, it renews its
   * claim. @default 2_000
   */
  readonly leaseMs?: number | undefined;
}

/** The options with every default filled in. */
export interface ResolvedCacheOptions {
  readonly store: CacheStore | undefined;
  /** Under which names are made. */
  readonly secret: string;
  /** 0 where this process is to hold nothing. */
  readonly maxBytes: number;
  readonly isFrozen: boolean;
  readonly leaseMs: number;
}

const optionNames = ["memory", "redis", "store", "keySecret"];
const minSecretLength = 16;

/** Reads the options. Throws ConfigurationError where `keySecret` is missing beside a store, or an option is none. */
export function readCacheOptions(options: TieredCacheOptions): ResolvedCacheOptions {
  const { leaseMs } = readOptions(options, { leaseMs: 2_000 }, optionNames, "tieredCache");
  const memory = options.memory || {};
  const { maxBytes } = readOptions(memory, { maxBytes: 64 << 20 }, ["frozen"], "tieredCache.memory");
  const { frozen = false } = memory;
  if (typeof frozen !== "boolean") throw new ConfigurationError("tieredCache.memory: frozen is true or false.");
  const { redis, keySecret } = options;
  if (options.store && redis) throw new ConfigurationError("tieredCache takes `redis` or `store`, not both.");
  const store = options.store ?? (redis && redisCacheStore(redis));
  if (store && (typeof keySecret !== "string" || keySecret.length < minSecretLength)) {
    throw new ConfigurationError(
      `tieredCache: keySecret is needed beside a store, with at least ${minSecretLength} characters, alike in all processes.`,
    );
  }
  return {
    store,
    // Without a store no one else needs to find the same names.
    secret: keySecret ?? randomUuid(),
    maxBytes: options.memory === false ? 0 : maxBytes,
    isFrozen: frozen,
    leaseMs,
  };
}
