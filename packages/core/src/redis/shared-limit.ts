import { allowedAtMs, nextTatMs } from "../rate-limit/gcra.js";
import type { LimitCost, Reservation } from "../rate-limit/rate-limit-store.js";
import { reserveAll } from "../rate-limit/reserve-all.js";

/** What this process knows of a limit that it shares: enough to continue without Redis, and to restore what Redis lost. */
export interface SharedLimit {
  /** The last reply of Redis: its time, the TAT, and when it arrived on the clock of this process. */
  lastSeen: { readonly nowUs: number; readonly tatUs: number; readonly atMs: number } | undefined;
  /** The last permits that Redis gave: the time of the first, and by how much they advanced the TAT. */
  lastReserved: { readonly atMs: number; readonly ms: number } | undefined;
  /** The TAT of this process's own part, on its own clock, while Redis is unavailable. */
  ownTatMs: number | undefined;
}

/** The part of the limits that this process may use on its own. */
export interface OwnPart {
  /** How many processes share the limits: each uses one of as many parts. */
  readonly processes: number;
  readonly nowMs: number;
}

const toMicroseconds = (ms: number) => Math.ceil(ms * 1_000);

/** A cost in the units of the script. */
export function inMicroseconds({ gcra, cost }: LimitCost): { readonly costUs: number; readonly toleranceUs: number } {
  return {
    costUs: Math.max(1, toMicroseconds(cost * gcra.intervalMs)),
    toleranceUs: toMicroseconds(gcra.toleranceMs),
  };
}

/** The cost of one part of a limit that `processes` share; the part allows at least one request at once. */
function partOf({ gcra, ...cost }: LimitCost, processes: number): LimitCost {
  const intervalMs = gcra.intervalMs * processes;
  return { ...cost, gcra: { intervalMs, toleranceMs: Math.max(intervalMs, gcra.toleranceMs) } };
}

/** How much of a tolerance is used, from 0 to 1. */
const usedShare = (aheadMs: number, toleranceMs: number) => Math.min(1, Math.max(0, aheadMs / toleranceMs));

/**
 * The least TAT that Redis may use: what this process last saw there, or, after it continued on its own, one that uses as much
 * of the tolerance as its own part does. So neither a Redis that lost its data nor one that becomes available again allows a burst.
 */
export function minTatUs({ lastSeen, ownTatMs }: SharedLimit, cost: LimitCost, { processes, nowMs }: OwnPart): number {
  if (lastSeen === undefined || ownTatMs === undefined) return lastSeen?.tatUs ?? 0;
  const part = partOf(cost, processes);
  const used = usedShare(ownTatMs - nowMs, part.gcra.toleranceMs);
  const elapsedMs = nowMs - lastSeen.atMs;
  return Math.max(lastSeen.tatUs, lastSeen.nowUs + toMicroseconds(elapsedMs + used * cost.gcra.toleranceMs));
}

/** A limit, its cost, and the part of this process. */
interface PartState {
  readonly limit: SharedLimit;
  readonly cost: LimitCost;
  readonly part: LimitCost;
}

/**
 * The TAT of this process's part: it uses as much of its tolerance as the whole did when Redis became unavailable, and the last
 * permits that Redis gave are counted at the rate of the part. A lease of several would otherwise be used in addition to it.
 */
function ownTatMs({ limit, cost, part }: PartState, nowMs: number): number {
  const { lastSeen, lastReserved, ownTatMs: own } = limit;
  if (own !== undefined || lastSeen === undefined) return own ?? 0;
  const aheadMs = (lastSeen.tatUs - lastSeen.nowUs) / 1_000 - (nowMs - lastSeen.atMs);
  const { atMs = 0, ms = 0 } = lastReserved ?? {};
  const afterLeaseMs = atMs + ms * (part.gcra.intervalMs / cost.gcra.intervalMs);
  return Math.max(nowMs + usedShare(aheadMs, cost.gcra.toleranceMs) * part.gcra.toleranceMs, afterLeaseMs);
}

/** Reserves a permit of this process's part of each limit. */
export function reserveOwnPart(
  costs: readonly LimitCost[],
  limitOf: (cost: LimitCost) => SharedLimit,
  { processes, nowMs }: OwnPart,
): Reservation {
  const states = costs.map((cost) => {
    const limit = limitOf(cost);
    const part = partOf(cost, processes);
    const tatMs = ownTatMs({ limit, cost, part }, nowMs);
    return { limit, part, tatMs, allowedAtMs: allowedAtMs(part, tatMs), toleranceMs: part.gcra.toleranceMs };
  });
  return reserveAll(states, nowMs, ({ limit, part, tatMs }, atMs) => {
    limit.ownTatMs = nextTatMs(part, tatMs, atMs);
  });
}
