import { boundedMemo } from "../platform/bounded-memo.js";
import type { Clock } from "../platform/clock.js";
import { allowedAtMs, nextTatMs } from "./gcra.js";
import type { LimitCost, RateLimitStore } from "./rate-limit-store.js";
import { reserveAll } from "./reserve-all.js";
import { WindowLog } from "./sliding-window.js";

/** The state of one limit. */
interface LocalLimit {
  /** The time from which on it restricts nothing: the theoretical arrival time of GCRA, or the end of the last permit's window. */
  usedUntilMs: number;
  readonly log?: WindowLog;
}

/** Counts the permits of this process alone. */
export function localRateLimits(clock: Clock): RateLimitStore {
  // A limit that restricts nothing may be forgotten.
  const limits = boundedMemo<LocalLimit, LimitCost>(
    (_, { sliding }) => (sliding ? { usedUntilMs: 0, log: new WindowLog(sliding) } : { usedUntilMs: 0 }),
    { neededMs: ({ usedUntilMs }) => usedUntilMs - clock.monotonic() },
  );
  return {
    reserve({ tenant, costs }) {
      const nowMs = clock.monotonic();
      const states = costs.map((cost) => {
        const limit = limits.get(`${tenant.id} ${cost.name}`, cost);
        const { log, usedUntilMs } = limit;
        return log
          ? { limit, cost, allowedAtMs: log.allowedAtMs(cost.cost, nowMs), toleranceMs: 0 }
          : {
              limit,
              cost,
              allowedAtMs: allowedAtMs(cost, usedUntilMs),
              toleranceMs: cost.gcra.toleranceMs,
              isRefundable: cost.isRefundable,
            };
      });
      return reserveAll(states, nowMs, ({ limit, cost }, atMs) => {
        limit.usedUntilMs = limit.log?.add(cost.cost, atMs) ?? nextTatMs(cost, limit.usedUntilMs, atMs);
      });
    },
    correct({ tenant, cost, refundMs, aheadMs }) {
      const limit = limits.get(`${tenant.id} ${cost.name}`, cost);
      limit.usedUntilMs = Math.max(limit.usedUntilMs - refundMs, clock.monotonic() + aheadMs);
    },
  };
}
