import type { RateLimit } from "../connector/profile.js";

/**
 * A limit as the generic cell rate algorithm keeps it (ITU-T I.371): what is held of a caller is one number, its
 * theoretical arrival time (TAT). With a burst of B and an interval of T / (L - B + 1), no window of T holds more than L.
 */
export interface Gcra {
  /** What one unit of cost moves the TAT on, in milliseconds. */
  readonly intervalMs: number;
  /** How far the TAT may be ahead of the time of a grant, in milliseconds. */
  readonly toleranceMs: number;
}

/** A documented limit as GCRA. Without a burst of its own it lets through 3 % of the limit at once, and 1 at the least. */
export function toGcra({ limit, perMs, burst = Math.max(1, limit * 0.03) }: RateLimit): Gcra {
  // A millionth longer, so that no rounding lets one more into a window.
  const intervalMs = (perMs / (limit - burst + 1)) * 1.000_001;
  return { intervalMs, toleranceMs: burst * intervalMs };
}
