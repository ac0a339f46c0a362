import type { Random } from "../../platform/random.js";

/** Whether so little time is left that an early refresh is possible: before that, its probability is below e^-20. */
export function mayRefreshEarly(leftMs: number, fetchMs: number): boolean {
  return leftMs < 20 * fetchMs;
}

/**
 * Whether a fresh value should be refreshed now (XFetch: Vattani, Chierichetti, Lowenstein, Optimal Probabilistic Cache
 * Stampede Prevention, VLDB 2015): more likely the less time is left and the longer a refresh takes, so that one of many
 * callers refreshes the value before it expires.
 */
export function shouldRefreshEarly(leftMs: number, fetchMs: number, random: Random): boolean {
  return mayRefreshEarly(leftMs, fetchMs) && -Math.log(random()) * fetchMs >= leftMs;
}
