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
  const atMs = Math.max(nowMs, ...states.map(freeAtMs));
  // One that is not the last to allow it loses nothing by a grant ahead of time, as far as its tolerance covers that.
  const soonestMs = states.map((state) => (freeAtMs(state) < atMs ? atMs - state.gcra.toleranceMs : nowMs));
  const delayMs = Math.max(...soonestMs) - nowMs;
  if (delayMs > 0) return { kind: "later", delayMs };
  for (const state of states) set(state, Math.max(state.tatMs, atMs) + state.cost * state.gcra.intervalMs);
  return { kind: "held", delayMs: atMs - nowMs };
}
