import { type CacheHandle, type ClientCache, checkInvalidation, type Invalidation } from "../client/cache-binding.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { providerKey } from "../provider/provider-key.js";
import { cachePolicy } from "./cache-policy.js";
import type { PrepareEntry } from "./entry/entry.js";
import { parseFrozen, withFrozenData } from "./entry/frozen-data.js";
import { createReadFresh } from "./fast-path/read-fresh.js";
import type { Lookup } from "./look-up.js";
import { createKeyDigests } from "./request/cache-key.js";
import { operationTag, tenantTag, userTag } from "./request/call-cache-options.js";
import { createTenantNames } from "./request/tenant-names.js";
import { createInvalidations } from "./store/invalidations.js";
import { createMemoryTier } from "./store/memory-tier.js";
import { createSharedReads } from "./store/shared-reads.js";
import { createSharedTier, type SharedTier } from "./store/shared-tier.js";
import { createSingleFlights } from "./store/single-flight.js";
import { createSubscription } from "./store/subscription.js";
import { readCacheOptions, type TieredCacheOptions } from "./tiered-cache-options.js";

/** A cache for one or several clients. */
export interface TieredCache extends ClientCache {
  /** The estimated size of the responses in this process, in bytes. */
  readonly memoryBytes: number;
  /** Ends the subscription, which would keep the process alive. */
  close(): Promise<void>;
}

function tagsOf(what: Invalidation, provider: string): readonly string[] {
  if (what.tags) return what.tags.map((tag) => userTag(provider, tag));
  const { operation } = what;
  const id = typeof operation === "string" ? operation : `${Object(operation).method} ${Object(operation).path}`;
  if (!/^[A-Z]+ \/\S*$/.test(id)) {
    throw new ConfigurationError(
      `cache.invalidate: an operation is a method and a path, such as GET /v1/prices, got ${id}.`,
    );
  }
  return [operationTag(provider, id)];
}

/**
 * Creates a cache in the memory of this process and, where a store is given, in the store that processes share. Throws
 * ConfigurationError where `keySecret` is missing with a store, and for an invalid option.
 */
export function tieredCache(options: TieredCacheOptions = {}): TieredCache {
  const { store, secret, maxBytes, isFrozen, leaseMs } = readCacheOptions(options);
  const invalidations = createInvalidations();
  const prepare: PrepareEntry = isFrozen ? withFrozenData : (entry) => entry;
  const memory = createMemoryTier(maxBytes, invalidations);
  const tier = store && createSharedTier(store, prepare);
  const shared: SharedTier | undefined = tier && { ...tier, read: createSharedReads(tier.read, invalidations) };
  const { maxLocalAgeMs, start, close } = createSubscription(store, invalidations);
  const parts = {
    memory,
    shared,
    maxLocalAgeMs,
    digests: createKeyDigests(secret),
    names: createTenantNames(secret),
    invalidations,
    leaseMs,
    lookups: createSingleFlights<Lookup>(invalidations),
    prepare,
  };

  const invalidate = async (tags: readonly string[]) => {
    invalidations.invalidate(tags);
    if (shared === undefined) return;
    try {
      await shared.invalidate(tags);
    } finally {
      // What was read from the store in the meantime may be from before.
      invalidations.invalidate(tags);
    }
  };

  return {
    attach(context) {
      start(context.clock);
      const handle: CacheHandle = {
        async invalidate(what) {
          checkInvalidation(what);
          const tags = tagsOf(what, providerKey(context.profile));
          if (what.tenants === "all") return await invalidate(tags);
          const tenant = await context.resolveTenant(new AbortController().signal, what.account);
          // Where the tenant has no name yet, this process stores nothing for it.
          const name = parts.names.known(tenant) ?? (await parts.names.find(tenant));
          await invalidate(tags.map((tag) => tenantTag(tag, name)));
        },
      };
      const parse = isFrozen ? parseFrozen : undefined;
      return { ...handle, policy: cachePolicy(parts, context), readFresh: createReadFresh(parts, context), parse };
    },
    get memoryBytes() {
      return memory.bytes;
    },
    close,
  };
}
