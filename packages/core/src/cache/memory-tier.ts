import { LRUCache } from "lru-cache";
import type { Entry } from "./entry.js";
import type { Invalidations } from "./invalidations.js";

interface Held {
  readonly entry: Entry;
  /** The point among invalidations at which it began to be fetched. */
  readonly point: number;
  /** When this process got it, by the monotonic clock. */
  readonly heldSinceMs: number;
}

/** What this process holds by itself, within so many bytes. */
export interface MemoryTier {
  /** What is held under a key, if it was not called back, and is not older here than `trustMs`. */
  get(key: string, nowMs: number, trustMs: number): Entry | undefined;
  /** Keeps an entry that began to be fetched at a point, unless it was called back since. */
  set(key: string, entry: Entry, point: number, nowMs: number): void;
  delete(key: string): void;
  /** Bytes that are held, as they are reckoned. */
  readonly bytes: number;
}

// What an entry's objects take beside its texts and bytes: measured, some 1 kB with ten headers.
const overheadBytes = 512;

function sizeOf(key: string, { fields, body, bodyBytes, tags, frozen }: Entry): number {
  // As text, a body that is not of ASCII alone takes two bytes for each character.
  const isWide = typeof body === "string" && body.length !== bodyBytes;
  let bytes = overheadBytes + 2 * key.length + (frozen?.bytes ?? 0) + (isWide ? 2 * body.length : bodyBytes);
  // The text, and the headers that are made of it where they are read.
  for (const line of fields.text.split("\n")) bytes += 64 + 2 * line.length;
  for (const tag of tags) bytes += 2 * tag.length;
  return bytes;
}

/** Makes a tier that forgets what was used least recently; one that may hold nothing holds nothing. */
export function createMemoryTier(maxBytes: number, invalidations: Invalidations): MemoryTier {
  const held =
    maxBytes > 0
      ? new LRUCache<string, Held>({
          maxSize: maxBytes,
          sizeCalculation: ({ entry }, key) => sizeOf(key, entry),
        })
      : undefined;
  return {
    get(key, nowMs, trustMs) {
      const found = held?.get(key);
      if (found === undefined) return undefined;
      const { entry, point, heldSinceMs } = found;
      if (!invalidations.isCurrent(point, entry.tags)) {
        held?.delete(key);
        return undefined;
      }
      return nowMs - heldSinceMs > trustMs ? undefined : entry;
    },
    set(key, entry, point, nowMs) {
      if (invalidations.isCurrent(point, entry.tags)) held?.set(key, { entry, point, heldSinceMs: nowMs });
    },
    delete: (key) => void held?.delete(key),
    get bytes() {
      return held?.calculatedSize ?? 0;
    },
  };
}
