import { ConfigurationError } from "../../errors/connectry-error.js";
import type { CacheEntry, PrepareEntry } from "../entry/entry.js";
import { openEnvelope, sealEnvelope } from "../entry/envelope.js";
import type { CacheStore, LeaseRequest, StoredValue } from "./cache-store.js";

// Invalidations that wait for an unavailable store; one more is rejected.
const maxPending = 10_000;
// Not an envelope, and so a miss.
const noEnvelope = "-";

/** The lease of a key, with the entry that is stored under it. */
export interface SharedLease {
  readonly entry: CacheEntry | undefined;
  readonly tagVersions: readonly string[];
  readonly won: boolean;
}

/** An entry to store, or nothing, at the end of a lease. */
export interface SharedPublication {
  readonly token: string;
  readonly tagVersions: readonly string[];
  readonly entry: CacheEntry | undefined;
  readonly ttlMs: number;
  /** The stored value must be removed: the provider says that the object does not exist (any more). */
  readonly isGone?: boolean;
}

/** The store that processes share, as the cache uses it: every failure of the store is a miss. */
export interface SharedTier {
  read(key: string, tags: readonly string[]): Promise<CacheEntry | undefined>;
  /** Undefined where the store is unavailable, or returned something else than a lease. */
  claim(key: string, tags: readonly string[], request: LeaseRequest): Promise<SharedLease | undefined>;
  /** Stores an entry, or nothing, and releases the lease. */
  publish(
    key: string,
    tags: readonly string[],
    publication: SharedPublication,
  ): Promise<"stored" | "invalidated" | "unavailable">;
  /** Rejects with the error of the store. A tag that could not be invalidated is invalidated before the store is next used. */
  invalidate(tags: readonly string[]): Promise<void>;
}

/** Makes a store safe to depend on; entries that come from it are prepared. */
export function createSharedTier(store: CacheStore, prepare: PrepareEntry): SharedTier {
  const pendingInvalidations = new Set<string>();

  // Nothing is read from or written to a store before it has received all invalidations.
  const invalidatePending = async () => {
    const tags = [...pendingInvalidations];
    if (tags.length === 0) return;
    await store.invalidate(tags);
    for (const tag of tags) pendingInvalidations.delete(tag);
  };

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      if (pendingInvalidations.size > 0) await invalidatePending();
      return await work();
    } catch {
      return undefined;
    }
  };

  /** The entry in a value: valid if it is complete, of this key, and its tags still have the versions that it was stored under. */
  const open = (key: string, tags: readonly string[], { value, tagVersions }: StoredValue) => {
    const opened = typeof value === "string" ? openEnvelope(key, value) : undefined;
    if (opened === undefined) return undefined;
    const { entry } = opened;
    const ifCurrent = (requested: readonly string[], versions: StoredValue["tagVersions"]) =>
      entry.tags.every((tag, index) => versions[requested.indexOf(tag)] === opened.tagVersions[index])
        ? prepare(entry)
        : undefined;
    if (entry.tags.every((tag) => tags.includes(tag))) return ifCurrent(tags, tagVersions);
    // It has tags whose versions were not requested by this call.
    return store
      .read(key, entry.tags)
      .then((again) => (again.value === value ? ifCurrent(entry.tags, again.tagVersions) : undefined));
  };

  return {
    read: (key, tags) => attempt(() => store.read(key, tags).then((stored) => open(key, tags, stored))),
    claim: (key, tags, request) =>
      attempt(async () => {
        const { tagVersions, value, won } = await store.claim(key, tags, request);
        const isLease = Array.isArray(tagVersions) && tagVersions.every((version) => typeof version === "string");
        if (!isLease) return undefined;
        return { entry: await open(key, tags, { value, tagVersions }), tagVersions, won: won === true };
      }),
    async publish(key, tags, { token, tagVersions, entry, ttlMs, isGone }) {
      const value = entry ? sealEnvelope(key, entry, tagVersions) : isGone ? noEnvelope : undefined;
      const stored = await attempt(() => store.publish(key, tags, { token, tagVersions, value, ttlMs }));
      if (stored === undefined) return "unavailable";
      return stored ? "stored" : "invalidated";
    },
    async invalidate(tags) {
      if (pendingInvalidations.size + tags.length > maxPending) {
        throw new ConfigurationError(
          `The store of the cache is unavailable, and ${maxPending} invalidations are already waiting for it.`,
        );
      }
      for (const tag of tags) pendingInvalidations.add(tag);
      await invalidatePending();
    },
  };
}
