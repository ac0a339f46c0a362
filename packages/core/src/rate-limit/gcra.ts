import type { RateLimit } from "../provider/profile.js";

/**
 * A limit in the form of the generic cell rate algorithm (ITU-T I.371): its whole state is one number, the theoretical
 * arrival time (TAT). With a burst of B and an interval of T / (L - B + 1), no window of T holds more than L.
 */
export interface Gcra {
  /** By how much one unit of cost advances the TAT, in milliseconds. */
  readonly intervalMs: number;
  /** How far the TAT may be ahead of the time of a permit, in milliseconds. */
  readonly toleranceMs: number;
}

/** A documented limit as GCRA. Without a burst of its own it allows 3 % of the limit at once, and at least 1. */
export function toGcra({ limit, perMs, burst = Math.max(1, limit * 0.03) }: RateLimit): Gcra {
  // Longer by a millionth, so that rounding never lets one more into a window.
  const intervalMs = (perMs / (limit - burst + 1)) * 1.000_001;
  return { intervalMs, toleranceMs: burst * intervalMs };
}
