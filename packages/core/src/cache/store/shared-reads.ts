import type { CacheEntry } from "../entry/entry.js";
import type { Invalidations } from "./invalidations.js";
import type { SharedTier } from "./shared-tier.js";
import { createSingleFlights } from "./single-flight.js";

/** Reads a key once for all callers that ask at the same time, and drops an entry that was invalidated during the read. */
export function createSharedReads(read: SharedTier["read"], invalidations: Invalidations): SharedTier["read"] {
  const reads = createSingleFlights<CacheEntry | undefined>(invalidations);
  return (key, tags) =>
    reads.join({ key, tags }, async ({ invalidationSequence }) => {
      const entry = await read(key, tags);
      return entry && invalidations.isCurrent(invalidationSequence, entry.tags) ? entry : undefined;
    });
}
