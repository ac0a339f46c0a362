import type { Clock } from "../platform/clock.js";

/** The time of a provider, as far as its responses tell it. */
export interface ProviderClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Takes the time of a response. Whether it differs from that before by more than is allowed. */
  learn(headers: Headers): boolean;
}

/** A clock that follows the header `Date` (RFC 9110, section 6.6.1) where it differs by more than `maxSkewMs` from this machine's. */
export function providerClock(clock: Clock, maxSkewMs: number): ProviderClock {
  let aheadMs = 0;
  return {
    now: () => clock.now() + aheadMs,
    learn(headers) {
      // A response that a cache held is as old as it says.
      const sentMs = Date.parse(headers.get("date") ?? "") + (Number(headers.get("age")) || 0) * 1_000;
      const differsMs = sentMs - clock.now();
      const nextMs = Math.abs(differsMs) > maxSkewMs ? differsMs : 0;
      if (Number.isNaN(sentMs) || Math.abs(nextMs - aheadMs) <= maxSkewMs) return false;
      aheadMs = nextMs;
      return true;
    },
  };
}
