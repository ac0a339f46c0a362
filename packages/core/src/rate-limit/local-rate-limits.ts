import { boundedMemo } from "../platform/bounded-memo.js";
import type { Clock } from "../platform/clock.js";
import type { RateLimitStore } from "./rate-limit-store.js";
import { reserveAll } from "./reserve-all.js";

/** Counts the permits of this process alone. */
export function localRateLimits(clock: Clock): RateLimitStore {
  // An arrival time in the past restricts nothing, so it may be forgotten.
  const limits = boundedMemo(() => ({ tatMs: 0 }), { neededMs: ({ tatMs }) => tatMs - clock.monotonic() });
  return {
    reserve({ tenant, costs }) {
      const states = costs.map((cost) => {
        const limit = limits.get(`${tenant.id} ${cost.name}`);
        return { ...cost, limit, tatMs: limit.tatMs };
      });
      return reserveAll(states, clock.monotonic(), ({ limit }, tatMs) => {
        limit.tatMs = tatMs;
      });
    },
  };
}
