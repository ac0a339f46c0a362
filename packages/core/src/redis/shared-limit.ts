import type { Reservation, Share } from "../rate-limit/grant-source.js";
import { reserveAll } from "../rate-limit/reserve-all.js";

/** What this process knows of one limit that it shares: enough to go on without Redis, and to tell Redis what it forgot. */
export interface SharedLimit {
  /** Redis' last word: its time then, the TAT, and when that was on this process' clock. */
  seen: { readonly nowUs: number; readonly tatUs: number; readonly atMs: number } | undefined;
  /** The TAT of this process' share, on its own clock, while Redis is away. */
  ownTatMs: number | undefined;
}

const us = (ms: number) => Math.ceil(ms * 1_000);

/** A share as the script takes it. */
export function inMicroseconds({ gcra, cost }: Share): { readonly costUs: number; readonly toleranceUs: number } {
  return { costUs: Math.max(1, us(cost * gcra.intervalMs)), toleranceUs: us(gcra.toleranceMs) };
}

/** A share of a share: one of `processes` parts, which lets through at least one at once. */
function partOf({ gcra, ...share }: Share, processes: number): Share {
  const intervalMs = gcra.intervalMs * processes;
  return { ...share, gcra: { intervalMs, toleranceMs: Math.max(intervalMs, gcra.toleranceMs) } };
}

/** How much of a tolerance is used up, from 0 to 1. */
const fullness = (aheadMs: number, toleranceMs: number) => Math.min(1, Math.max(0, aheadMs / toleranceMs));

/**
 * The least TAT that Redis may go by: what this process saw there, or, after it went on by itself, as full as its own part
 * is. So neither a Redis that lost its memory nor one that comes back lets a burst through.
 */
export function floorUs({ seen, ownTatMs }: SharedLimit, share: Share, processes: number, nowMs: number): number {
  if (seen === undefined || ownTatMs === undefined) return seen?.tatUs ?? 0;
  const part = partOf(share, processes);
  const full = fullness(ownTatMs - nowMs, part.gcra.toleranceMs);
  return Math.max(seen.tatUs, seen.nowUs + us(nowMs - seen.atMs + full * share.gcra.toleranceMs));
}

/** The TAT of this process' part: as full as the whole was when Redis went away, so that no burst follows from that. */
function ownTatMs({ seen, ownTatMs: own }: SharedLimit, share: Share, part: Share, nowMs: number): number {
  if (own !== undefined || seen === undefined) return own ?? 0;
  const aheadMs = (seen.tatUs - seen.nowUs) / 1_000 - (nowMs - seen.atMs);
  return nowMs + fullness(aheadMs, share.gcra.toleranceMs) * part.gcra.toleranceMs;
}

/** Reserves a grant of this process' part of each limit. */
export function reserveAlone(
  shares: readonly Share[],
  limitOf: (share: Share) => SharedLimit,
  processes: number,
  nowMs: number,
): Reservation {
  const states = shares.map((share) => {
    const limit = limitOf(share);
    const part = partOf(share, processes);
    return { ...part, limit, tatMs: ownTatMs(limit, share, part, nowMs) };
  });
  return reserveAll(states, nowMs, ({ limit }, tatMs) => {
    limit.ownTatMs = tatMs;
  });
}
