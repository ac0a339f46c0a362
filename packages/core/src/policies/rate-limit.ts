import { onBodyEnd } from "../pipeline/on-body-end.js";
import type { Policy } from "../pipeline/policy.js";
import type { ReadQuota } from "../pipeline/strategies.js";
import type { Clock } from "../platform/clock.js";
import type { ProviderProfile } from "../provider/profile.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";

/** What the policy `rateLimit` works with. */
export interface RateLimitContext {
  readonly limiter: RateLimiter;
  readonly headers: ProviderProfile["rateLimitHeaders"];
  readonly readQuota: ReadQuota | undefined;
  /** Whether what responses say about quotas and pauses has no effect. */
  readonly ignoreRateLimitHeaders: boolean;
  readonly clock: Clock;
}

/**
 * Admits each attempt when a slot is free and the provider's limits allow it. Unless `ignoreRateLimitHeaders`, it takes from
 * every response what is left of a quota, and how long all calls of a bucket must pause after a 429.
 */
export function rateLimit({ limiter, headers, readQuota, ignoreRateLimitHeaders, clock }: RateLimitContext): Policy {
  return {
    name: "rateLimit",
    async send(call, next) {
      call.signal.throwIfAborted();
      const admission = limiter.acquire(call);
      const release = typeof admission === "function" ? admission : await admission;
      try {
        const reply = await next(call);
        if (!ignoreRateLimitHeaders) {
          const quota = readQuota?.(reply.headers, headers, clock.now());
          if (quota) limiter.throttleFor(call).updateQuota(quota, clock.monotonic());
          const { kind, retryAfterMs } = reply.verdict;
          if (kind === "throttled" && retryAfterMs) limiter.pause(call, retryAfterMs);
        }
        // A stream holds its slot to the end.
        onBodyEnd(reply, release);
        return reply;
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}
