import { expect, test } from "vitest";
import { type LimitState, reserveAll } from "./reserve-all.js";

/** A limit that allows the request at this time, and tolerates so much. */
const limit = (toleranceMs: number, allowedAtMs = 0): LimitState => ({ allowedAtMs, toleranceMs });

/** The reply at 1 s, and the times at which each limit counted it. */
function reserve(...states: LimitState[]) {
  const takenAtMs: number[] = [];
  const reservation = reserveAll(states, 1_000, (_, atMs) => takenAtMs.push(atMs));
  return { reservation, takenAtMs };
}

test("a request within all limits is permitted at once, and counted by each of them", () => {
  expect(reserve(limit(100), limit(60_000))).toEqual({
    reservation: { kind: "reserved", delayMs: 0 },
    takenAtMs: [1_000, 1_000],
  });
});

test("where one limit requires a wait above the tolerance of another, nothing is reserved, and `later` is that wait less the smallest tolerance", () => {
  expect(reserve(limit(100), limit(60_000, 31_000))).toEqual({
    reservation: { kind: "later", delayMs: 29_900 },
    takenAtMs: [],
  });
  // Among several, the one that bears the least decides.
  expect(reserve(limit(100), limit(60_000, 31_000), limit(5_000)).reservation.delayMs).toBe(29_900);
  expect(reserve(limit(5_000), limit(60_000, 31_000), limit(100)).reservation.delayMs).toBe(29_900);
});

test("where the longest wait is within the tolerance of all other limits, the permit is for the end of that wait", () => {
  expect(reserve(limit(5_000), limit(60_000, 5_000))).toEqual({
    reservation: { kind: "reserved", delayMs: 4_000 },
    takenAtMs: [5_000, 5_000],
  });
});
