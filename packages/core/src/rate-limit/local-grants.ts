import type { Clock } from "../platform/clock.js";
import { earliestMs, nextTatMs } from "./gcra.js";
import type { GrantSource } from "./grant-source.js";

const maxHeld = 10_000;

/** Grants of this process alone. */
export function localGrants(clock: Clock): GrantSource {
  // What lies in the past says nothing, and is let go of when there is much.
  const tats = new Map<string, number>();
  let sweepAt = maxHeld;
  return {
    reserve({ id }, _, shares) {
      const nowMs = clock.monotonic();
      const tatOf = (name: string) => tats.get(`${id} ${name}`) ?? 0;
      let atMs = nowMs;
      for (const { name, gcra, cost } of shares) atMs = Math.max(atMs, earliestMs(gcra, tatOf(name), cost, nowMs));
      if (tats.size >= sweepAt) {
        for (const [key, tatMs] of tats) if (tatMs <= nowMs) tats.delete(key);
        // Where most of them hold something, each call would look through all.
        sweepAt = Math.max(maxHeld, 2 * tats.size);
      }
      for (const { name, gcra, cost } of shares) tats.set(`${id} ${name}`, nextTatMs(gcra, tatOf(name), cost, atMs));
      return atMs - nowMs;
    },
  };
}
