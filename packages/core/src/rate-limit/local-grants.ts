import type { Clock } from "../platform/clock.js";
import { earliestMs, nextTatMs } from "./gcra.js";
import type { GrantSource } from "./grant-source.js";

const maxHeld = 10_000;

/** Grants of this process alone. */
export function localGrants(clock: Clock): GrantSource {
  // What lies in the past says nothing, and is let go of when there is much.
  const tats = new Map<string, number>();
  return {
    reserve({ id }, shares) {
      const nowMs = clock.monotonic();
      if (tats.size >= maxHeld) for (const [key, tatMs] of tats) if (tatMs <= nowMs) tats.delete(key);
      const states = shares.map(({ name, gcra, cost }) => {
        const tatMs = tats.get(`${id} ${name}`) ?? 0;
        return { name, gcra, cost, tatMs, freeAtMs: earliestMs(gcra, tatMs, cost, nowMs) };
      });
      const atMs = Math.max(...states.map(({ freeAtMs }) => freeAtMs));
      // A limit that is not the last one to allow it loses nothing by a grant ahead of time, as long as its tolerance covers that.
      const soonest = states.map(({ gcra, freeAtMs }) => (freeAtMs < atMs ? atMs - gcra.toleranceMs : nowMs));
      const delayMs = Math.max(...soonest) - nowMs;
      if (delayMs > 0) return { kind: "later", delayMs };
      for (const { name, gcra, cost, tatMs } of states) tats.set(`${id} ${name}`, nextTatMs(gcra, tatMs, cost, atMs));
      return { kind: "held", delayMs: atMs - nowMs };
    },
  };
}
