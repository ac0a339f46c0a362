import type { Random } from "../platform/random.js";

/** Whether so little time is left that chance is to be asked: e^-20 is no chance. */
export function isEarly(leftMs: number, fetchMs: number): boolean {
  return leftMs < 20 * fetchMs;
}

/**
 * Whether a fresh value should be refreshed now (XFetch: Vattani, Chierichetti, Lowenstein, Optimal Probabilistic Cache
 * Stampede Prevention, VLDB 2015): likelier the less time is left and the longer a refresh takes, so that of many callers
 * one does it before the value runs out.
 */
export function refreshesEarly(leftMs: number, fetchMs: number, random: Random): boolean {
  return isEarly(leftMs, fetchMs) && -Math.log(random()) * fetchMs >= leftMs;
}
