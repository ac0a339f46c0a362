import type { Quota } from "./quota-headers.js";

/** What the answers of a provider say about one tenant's bucket: closed until it said to come back, or its quota is fresh. */
export interface PauseGate {
  /** When it opens, on the monotonic clock; what is past is open. */
  opensAtMs(): number;
  /** No request before then. A shorter pause than the one that holds changes nothing. */
  pause(untilMs: number): void;
  /** What is left of a quota until it is fresh again. Within one window, that only falls. */
  learn(quota: Quota, nowMs: number): void;
  /** A request goes out. */
  pass(): void;
}

// Answers of one window tell its end with some jitter.
const sameWindowMs = 1_000;

/** Makes a gate that is open. */
export function createPauseGate(): PauseGate {
  let pausedUntilMs = 0;
  let left = Infinity;
  let freshAtMs = 0;
  return {
    opensAtMs: () => Math.max(pausedUntilMs, left < 1 ? freshAtMs : 0),
    pause(untilMs) {
      pausedUntilMs = Math.max(pausedUntilMs, untilMs);
    },
    learn({ remaining, resetMs }, nowMs) {
      const resetAtMs = nowMs + resetMs;
      const isNew = freshAtMs <= nowMs || resetAtMs > freshAtMs + sameWindowMs;
      left = isNew ? remaining : Math.min(left, remaining);
      freshAtMs = Math.max(freshAtMs, resetAtMs);
    },
    pass() {
      left -= 1;
    },
  };
}
