import { earliestMs, type Gcra, nextTatMs } from "./gcra.js";
import type { Reservation } from "./grant-source.js";

/** One limit as it stands, and what is wanted of it. */
export interface LimitState {
  readonly gcra: Gcra;
  readonly cost: number;
  readonly tatMs: number;
}

/** Reserves the next grant that all limits allow; `set` takes the new TAT of each, by its place. */
export function reserveAll(
  states: readonly LimitState[],
  nowMs: number,
  set: (index: number, tatMs: number) => void,
): Reservation {
  const freeAtMs = states.map(({ gcra, cost, tatMs }) => earliestMs(gcra, tatMs, cost, nowMs));
  const atMs = Math.max(...freeAtMs);
  // One that is not the last to allow it loses nothing by a grant ahead of time, as far as its tolerance covers that.
  const soonestMs = states.map(({ gcra }, index) => (freeAtMs[index] === atMs ? nowMs : atMs - gcra.toleranceMs));
  const delayMs = Math.max(...soonestMs) - nowMs;
  if (delayMs > 0) return { kind: "later", delayMs };
  states.forEach(({ gcra, cost, tatMs }, index) => {
    set(index, nextTatMs(gcra, tatMs, cost, atMs));
  });
  return { kind: "held", delayMs: atMs - nowMs };
}
