import type { Quota } from "../pipeline/strategies.js";

/** What a provider's responses say about one tenant's bucket: blocked until the end of a pause, or until its quota is full again. */
export interface ThrottleState {
  /** The time until which requests are blocked, on the monotonic clock; a time in the past does not block. */
  blockedUntilMs(): number;
  /** Blocks requests until then. A pause that ends earlier than the present one changes nothing. */
  pause(untilMs: number): void;
  /** Sets what is left of a quota until it is full again. Within one window it only falls. */
  updateQuota(quota: Quota, nowMs: number): void;
  /** Counts a request against the quota. */
  countRequest(): void;
}

// Responses of the same window report its end with some jitter.
const sameWindowMs = 1_000;

/** Creates a state that blocks nothing. */
export function createThrottleState(): ThrottleState {
  let pausedUntilMs = 0;
  let left = Infinity;
  let fullAtMs = 0;
  return {
    blockedUntilMs: () => Math.max(pausedUntilMs, left < 1 ? fullAtMs : 0),
    pause(untilMs) {
      pausedUntilMs = Math.max(pausedUntilMs, untilMs);
    },
    updateQuota({ remaining, resetMs }, nowMs) {
      const resetAtMs = nowMs + resetMs;
      const isNewWindow = fullAtMs <= nowMs || resetAtMs > fullAtMs + sameWindowMs;
      left = isNewWindow ? remaining : Math.min(left, remaining);
      fullAtMs = Math.max(fullAtMs, resetAtMs);
    },
    countRequest() {
      left -= 1;
    },
  };
}
