import { onBodyEnd } from "../pipeline/on-body-end.js";
import type { Policy } from "../pipeline/policy.js";
import type { Clock } from "../platform/clock.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";

/** What the policy `rateLimit` works with. */
export interface RateLimitContext {
  readonly limiter: RateLimiter;
  /** Whether what responses say about quotas and pauses has no effect. */
  readonly ignoreRateLimitHeaders: boolean;
  readonly clock: Clock;
}

/**
 * Admits each attempt when a slot is free and the provider's limits allow it. Unless `ignoreRateLimitHeaders`, it takes from
 * every response what is left of quotas, and how long all calls of a bucket must pause after a 429.
 */
export function rateLimit({ limiter, ignoreRateLimitHeaders, clock }: RateLimitContext): Policy {
  return {
    name: "rateLimit",
    async send(call, next) {
      call.signal.throwIfAborted();
      const admission = limiter.acquire(call);
      const release = typeof admission === "function" ? admission : await admission;
      const sentAtMs = clock.monotonic();
      try {
        const reply = await next(call);
        if (!ignoreRateLimitHeaders) limiter.report(call, reply, sentAtMs);
        // A stream holds its slot to the end.
        onBodyEnd(reply, release);
        return reply;
      } catch (error) {
        limiter.abandon(call, sentAtMs);
        release();
        throw error;
      }
    },
  };
}
