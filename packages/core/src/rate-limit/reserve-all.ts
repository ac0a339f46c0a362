import type { Reservation } from "./rate-limit-store.js";

/** What one limit says about a request. */
export interface LimitState {
  /** The time from which on it allows the request. */
  readonly allowedAtMs: number;
  /** How far in the future a permit may be without keeping others from using the limit until then. */
  readonly toleranceMs: number;
  /** Whether it may allow the request earlier, when others give back what they reserved. */
  readonly isRefundable?: boolean | undefined;
}

/** How soon a limit is asked again of which others may give something back. */
export const refundableMs = 100;

/** Reserves the next permit that all limits allow; `take` counts it in each of them, at this time. */
export function reserveAll<State extends LimitState>(
  states: readonly State[],
  nowMs: number,
  take: (state: State, atMs: number) => void,
): Reservation {
  let atMs = nowMs;
  let delayMs = 0;
  for (const { allowedAtMs } of states) atMs = Math.max(atMs, allowedAtMs);
  // A limit that would allow the request earlier loses nothing by a reservation, as long as its tolerance covers the time.
  for (const { allowedAtMs, toleranceMs, isRefundable } of states) {
    if (isRefundable && atMs > nowMs) delayMs = Math.max(delayMs, Math.min(atMs - nowMs, refundableMs));
    if (allowedAtMs < atMs) delayMs = Math.max(delayMs, atMs - toleranceMs - nowMs);
  }
  if (delayMs > 0) return { kind: "later", delayMs };
  for (const state of states) take(state, atMs);
  return { kind: "reserved", delayMs: atMs - nowMs };
}
