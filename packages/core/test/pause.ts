import type { Call } from "../src/index.js";
import type { RateLimiter } from "../src/rate-limit/rate-limiter.js";
import { createReply } from "./call.js";

/** The provider responds to a call that it asks all calls to wait. */
export function pause(limiter: RateLimiter, call: Call, pauseMs: number): void {
  limiter.report(call, createReply(429, { "retry-after-ms": String(pauseMs) }), 0);
}
