import { ConfigurationError } from "../errors/configuration-error.js";
import type { CallSettings } from "../pipeline/call.js";
import { createKeyDigests } from "./cache-key.js";
import type { CacheHandle, ClientCache, Invalidation } from "./cache-options.js";
import { cachePolicy } from "./cache-policy.js";
import type { Prepare } from "./entry.js";
import { createFlights } from "./flights.js";
import { parseFrozen, withFrozenData } from "./frozen-data.js";
import { createInvalidations } from "./invalidations.js";
import type { Lookup } from "./look-up.js";
import { createMemoryTier } from "./memory-tier.js";
import { createPeek } from "./peek.js";
import { createSharedReads } from "./shared-reads.js";
import { createSharedTier, type SharedTier } from "./shared-tier.js";
import { createSubscription } from "./subscription.js";
import { createTenantNames } from "./tenant-names.js";
import { readCacheOptions, type TieredCacheOptions } from "./tiered-cache-options.js";
import { operationTag, userTag } from "./wish.js";

/** A cache for one or several clients. */
export interface TieredCache extends ClientCache {
  /** Bytes that this process holds. */
  readonly memoryBytes: number;
  /** Ends its subscription, which would keep the process alive. */
  close(): Promise<void>;
}

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
  const { store, secret, maxBytes, isFrozen, leaseMs } = readCacheOptions(options);
  const invalidations = createInvalidations();
  const prepare: Prepare = isFrozen ? withFrozenData : (entry) => entry;
  const memory = createMemoryTier(maxBytes, invalidations);
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
      const parse = isFrozen ? parseFrozen : undefined;
      return { ...handle, policy: cachePolicy(parts, context), peek: createPeek(parts, context), parse };
    },
    get memoryBytes() {
      return memory.bytes;
    },
    close: subscription.close,
  };
}
