import type { Entry } from "./entry.js";
import type { Invalidations } from "./invalidations.js";
import type { SharedTier } from "./shared-tier.js";

/** Reads a key once for all who ask at the time, and gives nobody what was called back meanwhile. */
export function createSharedReads(read: SharedTier["read"], invalidations: Invalidations): SharedTier["read"] {
  const underWay = new Map<string, Promise<Entry | undefined>>();
  return (key, tags) => {
    const found = underWay.get(key);
    if (found) return found;
    const { point } = invalidations;
    const entry = read(key, tags).then((answer) => {
      underWay.delete(key);
      return answer && invalidations.isCurrent(point, answer.tags) ? answer : undefined;
    });
    underWay.set(key, entry);
    return entry;
  };
}
