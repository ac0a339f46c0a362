import type { Gcra } from "./gcra.js";
import type { Reservation } from "./rate-limit-store.js";

/** The state of one limit, and what a request costs of it. */
export interface LimitState {
  readonly gcra: Gcra;
  readonly cost: number;
  readonly tatMs: number;
}

/** The time from which on a limit allows the request. */
function allowedAtMs({ gcra: { intervalMs, toleranceMs }, cost, tatMs }: LimitState): number {
  return tatMs + cost * intervalMs - toleranceMs;
}

/** Reserves the next permit that all limits allow; `set` receives the new theoretical arrival time of each. */
export function reserveAll<State extends LimitState>(
  states: readonly State[],
  nowMs: number,
  set: (state: State, tatMs: number) => void,
): Reservation {
  let atMs = nowMs;
  let delayMs = 0;
  for (const state of states) atMs = Math.max(atMs, allowedAtMs(state));
  // A limit that would allow the request earlier loses nothing by a reservation, as long as its tolerance covers the time.
  for (const state of states) {
    if (allowedAtMs(state) < atMs) delayMs = Math.max(delayMs, atMs - state.gcra.toleranceMs - nowMs);
  }
  if (delayMs > 0) return { kind: "later", delayMs };
  for (const state of states) set(state, Math.max(state.tatMs, atMs) + state.cost * state.gcra.intervalMs);
  return { kind: "reserved", delayMs: atMs - nowMs };
}
