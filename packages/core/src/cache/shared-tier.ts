import { ConfigurationError } from "../errors/configuration-error.js";
import type { CacheStore, StoredValue } from "./cache-store.js";
import type { Entry, Prepare } from "./entry.js";
import { openEnvelope, sealEnvelope } from "./envelope.js";

// Invalidations that wait for a store that is away; one more is refused.
const maxOwed = 10_000;
// No envelope, and so a miss.
const nothing = "-";

/** What came of claiming a key. */
export interface SharedClaim {
  readonly entry: Entry | undefined;
  readonly marks: readonly string[];
  readonly won: boolean;
}

/** The store that processes share, as the cache uses it: whatever goes wrong with it is a miss. */
export interface SharedTier {
  read(key: string, tags: readonly string[]): Promise<Entry | undefined>;
  /** Undefined where the store is away, or answered something else. */
  claim(key: string, tags: readonly string[], token: string, leaseMs: number): Promise<SharedClaim | undefined>;
  /** Stores an entry, or nothing, and releases the claim. Says whether the entry turned out to be called back. */
  publish(
    key: string,
    tags: readonly string[],
    publication: {
      readonly token: string;
      readonly marks: readonly string[];
      readonly entry: Entry | undefined;
      readonly ttlMs: number;
      /** What is there must go: the provider says that there is nothing (any longer). */
      readonly isGone?: boolean;
    },
  ): Promise<"stored" | "called back" | "away">;
  /** Rejects with the store's error. What could not be told is told before the store is next used. */
  invalidate(tags: readonly string[]): Promise<void>;
}

/** Makes a store safe to stand on; what comes of it is prepared to be given. */
export function createSharedTier(store: CacheStore, prepare: Prepare): SharedTier {
  const owed = new Set<string>();

  // Nothing is read from a store that has not heard of an invalidation, nor written to it.
  const settle = async () => {
    const tags = [...owed];
    if (tags.length === 0) return;
    await store.invalidate(tags);
    for (const tag of tags) owed.delete(tag);
  };

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      if (owed.size > 0) await settle();
      return await work();
    } catch {
      return undefined;
    }
  };

  /** The entry in a value: good if it is whole, of this key, and under the marks that its tags have now. */
  const open = (key: string, tags: readonly string[], { value, marks }: StoredValue) => {
    const opened = typeof value === "string" ? openEnvelope(key, value) : undefined;
    if (opened === undefined) return undefined;
    const { entry } = opened;
    const under = (asked: readonly string[], marksNow: StoredValue["marks"]) =>
      entry.tags.every((tag, index) => marksNow[asked.indexOf(tag)] === opened.marks[index])
        ? prepare(entry)
        : undefined;
    if (entry.tags.every((tag) => tags.includes(tag))) return under(tags, marks);
    // It carries tags that this call did not ask about.
    return store
      .read(key, entry.tags)
      .then((again) => (again.value === value ? under(entry.tags, again.marks) : undefined));
  };

  return {
    read: (key, tags) => attempt(() => store.read(key, tags).then((stored) => open(key, tags, stored))),
    claim: (key, tags, token, leaseMs) =>
      attempt(async () => {
        const claim = await store.claim(key, tags, token, leaseMs);
        if (!Array.isArray(claim.marks) || !claim.marks.every((mark) => typeof mark === "string")) return undefined;
        return { entry: await open(key, tags, claim), marks: claim.marks, won: claim.won === true };
      }),
    async publish(key, tags, { token, marks, entry, ttlMs, isGone }) {
      const value = entry ? sealEnvelope(key, entry, marks) : isGone ? nothing : undefined;
      const stored = await attempt(() => store.publish(key, tags, { token, marks, value, ttlMs }));
      if (stored === undefined) return "away";
      return stored ? "stored" : "called back";
    },
    async invalidate(tags) {
      if (owed.size + tags.length > maxOwed) {
        throw new ConfigurationError("The cache's store is away, and more invalidations wait for it than are kept.");
      }
      for (const tag of tags) owed.add(tag);
      await settle();
    },
  };
}
