import { allowedAtMs, nextTatMs } from "../rate-limit/gcra.js";
import type { LimitCost, Reservation } from "../rate-limit/rate-limit-store.js";
import { reserveAll } from "../rate-limit/reserve-all.js";
import type { SlidingWindow } from "../rate-limit/sliding-window.js";
import { type KnownLimit, type PermitLimit, type PermitState, refundable } from "./permit-script.js";

/** What this process knows of a limit that it shares: enough to continue without Redis, and to restore what Redis lost. */
export interface SharedLimit {
  /** The last reply of Redis: its time, the state of the limit, and when it arrived on the clock of this process. */
  lastSeen: (PermitState & { readonly nowUs: number; readonly atMs: number }) | undefined;
  /**
   * The last permits that Redis gave: the time of the first, and by how much they advanced the TAT. Of a window, those that are
   * reserved for later, or one.
   */
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

const unknown: KnownLimit = { leastUs: 0, createdUs: 0, endsUs: 0 };

const toMicroseconds = (ms: number) => Math.ceil(ms * 1_000);

/** A limit, where Redis has it, and what a call costs of it. */
interface KeyedLimit {
  readonly key: string;
  readonly limit: SharedLimit;
  readonly cost: LimitCost;
}

/** A cost in the units of the script, and what this process knows of its limit. */
export function permitLimit({ key, limit, cost }: KeyedLimit, part: OwnPart): PermitLimit {
  const { gcra, sliding } = cost;
  if (sliding)
    return {
      key,
      lengthUs: toMicroseconds(sliding.lengthMs),
      cost: cost.cost,
      tolerance: sliding.limit,
      known: knownWindow(limit, sliding, part.nowMs),
    };
  return {
    key,
    lengthUs: cost.isRefundable ? refundable : 0,
    cost: Math.max(1, toMicroseconds(cost.cost * gcra.intervalMs)),
    tolerance: toMicroseconds(gcra.toleranceMs),
    known: { leastUs: minTatUs(limit, cost, part), createdUs: 0, endsUs: 0 },
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
function minTatUs({ lastSeen, ownTatMs }: SharedLimit, cost: LimitCost, { processes, nowMs }: OwnPart): number {
  // What others give back lowers it.
  if (ownTatMs === undefined && cost.isRefundable) return 0;
  if (lastSeen === undefined || ownTatMs === undefined) return lastSeen?.tatUs ?? 0;
  const part = partOf(cost, processes);
  const used = usedShare(ownTatMs - nowMs, part.gcra.toleranceMs);
  const elapsedMs = nowMs - lastSeen.atMs;
  return Math.max(lastSeen.tatUs, lastSeen.nowUs + toMicroseconds(elapsedMs + used * cost.gcra.toleranceMs));
}

/** What this process knows of a window: that it exists in Redis, or what was used of it without Redis. */
function knownWindow({ lastSeen, ownTatMs }: SharedLimit, { lengthMs }: SlidingWindow, nowMs: number): KnownLimit {
  if (ownTatMs === undefined) return lastSeen ? { ...lastSeen, leastUs: lastSeen.tatUs } : unknown;
  if (ownTatMs + lengthMs <= nowMs) return unknown;
  return { leastUs: toMicroseconds(Math.max(0, ownTatMs - nowMs)), createdUs: 0, endsUs: Number.MAX_SAFE_INTEGER };
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
 * Of a window, it begins once an even pace would have used what is permitted, and what the other processes may have reserved.
 */
function ownTatMs({ limit, cost, part }: PartState, nowMs: number): number {
  const { lastSeen, lastReserved, ownTatMs: own } = limit;
  if (own !== undefined || lastSeen === undefined) return own ?? 0;
  const aheadMs = (lastSeen.tatUs - lastSeen.nowUs) / 1_000 - (nowMs - lastSeen.atMs);
  const { atMs = 0, ms = 0 } = lastReserved ?? {};
  if (cost.sliding) {
    const others = part.gcra.intervalMs / cost.gcra.intervalMs - 1;
    return nowMs + Math.max(0, aheadMs) + others * Math.max(ms, cost.cost * cost.gcra.intervalMs);
  }
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
    const { toleranceMs } = part.gcra;
    return { limit, part, tatMs, allowedAtMs: allowedAtMs(part, tatMs), toleranceMs, isRefundable: cost.isRefundable };
  });
  return reserveAll(states, nowMs, ({ limit, part, tatMs }, atMs) => {
    limit.ownTatMs = nextTatMs(part, tatMs, atMs);
  });
}
