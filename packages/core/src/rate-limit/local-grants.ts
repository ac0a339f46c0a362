import type { Clock } from "../platform/clock.js";
import type { GrantSource } from "./grant-source.js";
import { reserveAll } from "./reserve-all.js";

const maxHeld = 10_000;

/** Grants of this process alone. */
export function localGrants(clock: Clock): GrantSource {
  // What lies in the past says nothing, and is let go of when there is much.
  const tats = new Map<string, number>();
  let sweepAt = maxHeld;
  return {
    reserve({ id }, _, shares) {
      const nowMs = clock.monotonic();
      if (tats.size >= sweepAt) {
        for (const [key, tatMs] of tats) if (tatMs <= nowMs) tats.delete(key);
        // Where most of them hold something, each call would look through all.
        sweepAt = Math.max(maxHeld, 2 * tats.size);
      }
      const keys = shares.map(({ name }) => `${id} ${name}`);
      const states = shares.map((share, index) => ({ ...share, tatMs: tats.get(keys[index] as string) ?? 0 }));
      return reserveAll(states, nowMs, (index, tatMs) => tats.set(keys[index] as string, tatMs));
    },
  };
}
