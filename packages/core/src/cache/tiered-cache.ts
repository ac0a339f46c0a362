import { readOptions } from "../connector/options.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { CallSettings } from "../pipeline/call.js";
import { randomUuid } from "../platform/random.js";
import type { RedisLink } from "../redis/redis-link.js";
import { createKeyDigests } from "./cache-key.js";
import type { CacheHandle, ClientCache, Invalidation } from "./cache-options.js";
import { cachePolicy } from "./cache-policy.js";
import type { CacheStore } from "./cache-store.js";
import type { Prepare } from "./entry.js";
import { createFlights } from "./flights.js";
import { parseFrozen, withFrozenData } from "./frozen-data.js";
import { createInvalidations } from "./invalidations.js";
import type { Lookup } from "./look-up.js";
import { createMemoryTier } from "./memory-tier.js";
import { createPeek } from "./peek.js";
import { redisCacheStore } from "./redis-cache-store.js";
import { createSharedReads } from "./shared-reads.js";
import { createSharedTier, type SharedTier } from "./shared-tier.js";
import { createSubscription } from "./subscription.js";
import { createTenantNames } from "./tenant-names.js";
import { operationTag, userTag } from "./wish.js";

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

/** A cache for one or several clients. */
export interface TieredCache extends ClientCache {
  /** Bytes that this process holds. */
  readonly memoryBytes: number;
  /** Ends its subscription, which would keep the process alive. */
  close(): Promise<void>;
}

const minSecretLength = 16;

function tagsOf(what: Invalidation, provider: string): readonly string[] {
  if ("tags" in what && Array.isArray(what.tags)) return what.tags.map((tag) => userTag(provider, tag));
  if (!("operation" in what)) throw new ConfigurationError("invalidate takes { tags: [...] } or { operation }.");
  const { operation } = what;
  const id = typeof operation === "string" ? operation : `${operation.method} ${operation.path}`;
  return [operationTag(provider, id)];
}

/**
 * A cache in this process's memory, and in Redis behind it where one is given. Throws ConfigurationError where `keySecret`
 * is missing beside a store, or an option is none.
 */
export function tieredCache(options: TieredCacheOptions = {}): TieredCache {
  const others = ["memory", "redis", "store", "keySecret"];
  const { leaseMs } = readOptions(options, { leaseMs: 2_000 }, others, "tieredCache");
  const memoryOptions = options.memory || {};
  const { maxBytes } = readOptions(memoryOptions, { maxBytes: 64 << 20 }, ["frozen"], "tieredCache.memory");
  const { redis, keySecret } = options;
  const store = options.store ?? (redis && redisCacheStore(redis));
  if (options.store && redis) throw new ConfigurationError("tieredCache takes `redis` or `store`, not both.");
  if (store && (typeof keySecret !== "string" || keySecret.length < minSecretLength)) {
    throw new ConfigurationError(
      `tieredCache: keySecret is needed beside a store, with at least ${minSecretLength} characters, alike in all processes.`,
    );
  }
  const { frozen = false } = memoryOptions;
  if (typeof frozen !== "boolean") throw new ConfigurationError("tieredCache.memory: frozen is true or false.");
  // Without a store no one else needs to find the same names.
  const secret = keySecret ?? randomUuid();
  const invalidations = createInvalidations();
  const prepare: Prepare = frozen ? withFrozenData : (entry) => entry;
  const memory = createMemoryTier(options.memory === false ? 0 : maxBytes, invalidations);
  const tier = store && createSharedTier(store, prepare);
  const shared: SharedTier | undefined = tier && { ...tier, read: createSharedReads(tier.read, invalidations) };
  const subscription = createSubscription(store, invalidations);
  const parts = {
    memory,
    shared,
    trustMs: subscription.trustMs,
    digests: createKeyDigests(secret),
    missed: new WeakSet<CallSettings>(),
    invalidations,
    leaseMs,
    flights: createFlights<Lookup>(invalidations),
    names: createTenantNames(secret),
    prepare,
  };

  const invalidate = async (tags: readonly string[]) => {
    invalidations.invalidate(tags);
    if (shared === undefined) return;
    try {
      await shared.invalidate(tags);
    } finally {
      // What was read from the store in between may be from before.
      invalidations.invalidate(tags);
    }
  };

  return {
    attach(context) {
      subscription.start(context.clock);
      const handle: CacheHandle = { invalidate: async (what) => invalidate(tagsOf(what, context.profile.id)) };
      const parse = frozen ? parseFrozen : undefined;
      return { ...handle, policy: cachePolicy(parts, context), peek: createPeek(parts, context), parse };
    },
    get memoryBytes() {
      return memory.bytes;
    },
    close: subscription.close,
  };
}
