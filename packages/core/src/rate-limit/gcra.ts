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

/** What a request costs of a limit. */
export interface GcraCost {
  readonly gcra: Gcra;
  readonly cost: number;
}

/** The part of a documented limit that says how much it allows. */
export type LimitSize = Partial<RateLimit> & Pick<RateLimit, "limit" | "perMs">;

/** A documented limit as GCRA. Without a burst of its own it allows 3 % of the limit at once, and at least 1. */
export function toGcra({ limit, perMs, burst = Math.max(1, limit * 0.03) }: LimitSize): Gcra {
  // Longer by a millionth, so that rounding never lets one more into a window.
  const intervalMs = (perMs / (limit - burst + 1)) * 1.000_001;
  return { intervalMs, toleranceMs: burst * intervalMs };
}

/**
 * A bucket of points that is filled evenly, as GCRA: full, it allows all points at once. It counts as smaller by the points of a
 * second: a bucket that is full gets none while a request is on its way, and the request is counted before that.
 */
export function toBucket({ size, perSecond }: { readonly size: number; readonly perSecond: number }): Gcra {
  const intervalMs = (1_000 / perSecond) * 1.000_001;
  return { intervalMs, toleranceMs: Math.max(size - perSecond, size / 2) * intervalMs };
}

/** The time from which on a limit with this TAT allows a request. */
export function allowedAtMs({ gcra, cost }: GcraCost, tatMs: number): number {
  return tatMs + cost * gcra.intervalMs - gcra.toleranceMs;
}

/** The TAT after a permit at this time. */
export function nextTatMs({ gcra, cost }: GcraCost, tatMs: number, atMs: number): number {
  return Math.max(tatMs, atMs) + cost * gcra.intervalMs;
}
