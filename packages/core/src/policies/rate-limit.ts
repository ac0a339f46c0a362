import type { ProviderProfile } from "../connector/profile.js";
import { onBodyEnd } from "../pipeline/on-body-end.js";
import type { Policy } from "../pipeline/policy.js";
import type { Clock } from "../platform/clock.js";
import type { ReadQuota } from "../rate-limit/quota-headers.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";
import type { Judge } from "../retry/classify.js";

/**
 * Lets each attempt out when a slot is free and the provider's limits allow it. Unless `isDeaf`, it learns from every
 * answer: what is left of a quota, and how long all calls of a bucket must pause after one was told so.
 */
export function rateLimit(
  limiter: RateLimiter,
  judge: Judge,
  headers: ProviderProfile["rateLimitHeaders"],
  readQuota: ReadQuota | undefined,
  isDeaf: boolean,
  clock: Clock,
): Policy {
  return {
    name: "rateLimit",
    async send(call, next) {
      call.signal.throwIfAborted();
      const turn = limiter.pass(call);
      const leave = typeof turn === "function" ? turn : await turn;
      try {
        const reply = await next(call);
        if (!isDeaf) {
          const nowMs = clock.now();
          const quota = readQuota?.(reply.headers, headers, nowMs);
          if (quota) limiter.gateOf(call).learn(quota, clock.monotonic());
          const { kind, retryAfterMs } = judge(reply, nowMs);
          if (kind === "throttled" && retryAfterMs) limiter.pause(call, retryAfterMs);
        }
        // A stream holds its slot to the end.
        onBodyEnd(reply, leave);
        return reply;
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}
