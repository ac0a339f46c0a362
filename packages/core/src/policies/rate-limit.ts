import type { ProviderProfile } from "../connector/profile.js";
import type { Policy } from "../pipeline/policy.js";
import type { Clock } from "../platform/clock.js";
import { parseQuota } from "../rate-limit/quota-headers.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";
import { classifyReply } from "../retry/classify.js";

/**
 * Holds each attempt back until the provider's limits allow it, and learns from every answer: what is left of a quota,
 * and how long all calls of a bucket must pause after one was told so.
 */
export function rateLimit(limiter: RateLimiter, { rateLimitHeaders, retry }: ProviderProfile, clock: Clock): Policy {
  return {
    name: "rateLimit",
    async send(call, next) {
      const turn = limiter.pass(call);
      if (turn !== undefined) await turn;
      const reply = await next(call);
      const nowMs = clock.now();
      const quota = parseQuota(reply.headers, rateLimitHeaders, nowMs);
      if (quota) limiter.gateOf(call).learn(quota.remaining, clock.monotonic() + quota.resetMs);
      const { kind, retryAfterMs } = classifyReply(reply, retry, nowMs);
      if (kind === "throttled" && retryAfterMs !== undefined) limiter.pause(call, retryAfterMs);
      return reply;
    },
  };
}
