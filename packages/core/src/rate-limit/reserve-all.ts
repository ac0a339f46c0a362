import type { Gcra } from "./gcra.js";
import type { Reservation } from "./grant-source.js";

/** One limit as it stands, and what is wanted of it. */
export interface LimitState {
  readonly gcra: Gcra;
  readonly cost: number;
  readonly tatMs: number;
}

/** From when on a limit allows what is wanted of it. */
function freeAtMs({ gcra: { intervalMs, toleranceMs }, cost, tatMs }: LimitState): number {
  return tatMs + cost * intervalMs - toleranceMs;
}

/** Reserves the next grant that all limits allow; `set` takes the new TAT of each. */
export function reserveAll<State extends LimitState>(
  states: readonly State[],
  nowMs: number,
  set: (state: State, tatMs: number) => void,
): Reservation {
  let atMs = nowMs;
  let delayMs = 0;
  for (const state of states) atMs = Math.max(atMs, freeAtMs(state));
  // One that is not the last to allow it loses nothing by a grant ahead of time, as far as its tolerance covers that.
  for (const state of states) {
    if (freeAtMs(state) < atMs) delayMs = Math.max(delayMs, atMs - state.gcra.toleranceMs - nowMs);
  }
  if (delayMs > 0) return { kind: "later", delayMs };
  for (const state of states) set(state, Math.max(state.tatMs, atMs) + state.cost * state.gcra.intervalMs);
  return { kind: "held", delayMs: atMs - nowMs };
}
