import { LRUCache } from "lru-cache";
import type { CacheEntry } from "../entry/entry.js";
import type { Invalidations } from "./invalidations.js";

/** When an entry was obtained. */
export interface Obtained {
  /** The last invalidation when its fetch began. */
  readonly invalidationSequence: number;
  /** When this process received it, by the monotonic clock. */
  readonly atMs: number;
}

interface StoredEntry extends Obtained {
  readonly entry: CacheEntry;
}

/** The entries of this process, up to a number of bytes. */
export interface MemoryTier {
  /** The entry of a key, if it was not invalidated and this process has had it for at most `maxLocalAgeMs`. */
  get(key: string, nowMs: number, maxLocalAgeMs: number): CacheEntry | undefined;
  /** Stores an entry, unless it was invalidated after its fetch began. */
  set(key: string, entry: CacheEntry, obtained: Obtained): void;
  delete(key: string): void;
  /** The estimated size of all entries in bytes. */
  readonly bytes: number;
}

// What the objects of an entry take besides its texts and bytes: measured, some 1 kB with ten headers.
const overheadBytes = 512;

function sizeOf(key: string, { headers, body, bodyBytes, tags, frozen }: CacheEntry): number {
  // Text that is not pure ASCII takes two bytes for each character.
  const isWide = typeof body === "string" && body.length !== bodyBytes;
  let bytes = overheadBytes + 2 * key.length + (frozen?.bytes ?? 0) + (isWide ? 2 * body.length : bodyBytes);
  // The text, and the headers that are created from it when they are read.
  for (const line of headers.text.split("\n")) bytes += 64 + 2 * line.length;
  for (const tag of tags) bytes += 2 * tag.length;
  return bytes;
}

/** Creates a tier that drops the least recently used entries; with `maxBytes` 0 it stores nothing. */
export function createMemoryTier(maxBytes: number, invalidations: Invalidations): MemoryTier {
  const entries =
    maxBytes > 0
      ? new LRUCache<string, StoredEntry>({
          maxSize: maxBytes,
          sizeCalculation: ({ entry }, key) => sizeOf(key, entry),
        })
      : undefined;
  return {
    get(key, nowMs, maxLocalAgeMs) {
      const found = entries?.get(key);
      if (found === undefined) return undefined;
      const { entry, invalidationSequence, atMs } = found;
      if (!invalidations.isCurrent(invalidationSequence, entry.tags)) {
        entries?.delete(key);
        return undefined;
      }
      return nowMs - atMs > maxLocalAgeMs ? undefined : entry;
    },
    set(key, entry, { invalidationSequence, atMs }) {
      if (!invalidations.isCurrent(invalidationSequence, entry.tags)) return;
      entries?.set(key, { entry, invalidationSequence, atMs });
    },
    delete: (key) => void entries?.delete(key),
    get bytes() {
      return entries?.calculatedSize ?? 0;
    },
  };
}
