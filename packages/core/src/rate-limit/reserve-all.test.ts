import { expect, test } from "vitest";
import { type LimitState, reserveAll } from "./reserve-all.js";

/** A limit of one per interval, of which so much is used up. */
const limit = (intervalMs: number, tatMs = 0): LimitState => ({
  gcra: { intervalMs, toleranceMs: intervalMs },
  cost: 1,
  tatMs,
});

/** The reply at 1 s, and the state of the limits after it. */
function reserve(...states: LimitState[]) {
  const tatsMs = states.map(({ tatMs }) => tatMs);
  const reservation = reserveAll(states, 1_000, (state, tatMs) => {
    tatsMs[states.indexOf(state)] = tatMs;
  });
  return { reservation, tatsMs };
}

test("a request within all limits is permitted at once, and counted by each of them", () => {
  expect(reserve(limit(100), limit(60_000))).toEqual({
    reservation: { kind: "reserved", delayMs: 0 },
    tatsMs: [1_100, 61_000],
  });
});

test("where one limit requires a wait above the tolerance of another, nothing is reserved, and `later` is that wait less the smallest tolerance", () => {
  expect(reserve(limit(100), limit(60_000, 31_000))).toEqual({
    reservation: { kind: "later", delayMs: 29_900 },
    tatsMs: [0, 31_000],
  });
  // Among several, the one that bears the least decides.
  expect(reserve(limit(100), limit(60_000, 31_000), limit(5_000)).reservation.delayMs).toBe(29_900);
  expect(reserve(limit(5_000), limit(60_000, 31_000), limit(100)).reservation.delayMs).toBe(29_900);
});

test("where the longest wait is within the tolerance of all other limits, the permit is for the end of that wait", () => {
  expect(reserve(limit(5_000), limit(60_000, 5_000))).toEqual({
    reservation: { kind: "reserved", delayMs: 4_000 },
    tatsMs: [10_000, 65_000],
  });
});
