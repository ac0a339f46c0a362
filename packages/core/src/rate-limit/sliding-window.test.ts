import { fakeClock } from "@connectry/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTenant } from "../../test/call.js";
import { mostInWindow } from "../../test/windows.js";
import { localRateLimits } from "./local-rate-limits.js";
import type { LimitCost } from "./rate-limit-store.js";
import { evenPace, toSlidingWindow, windowParts, windowWaitMs } from "./sliding-window.js";

interface Size {
  readonly limit: number;
  readonly perMs: number;
}

const costOf = (size: Size, cost = 1, name = "default 0"): LimitCost => {
  const sliding = toSlidingWindow(size);
  return { name, sliding, gcra: evenPace(sliding), cost };
};

/** Permits of one process whose clock has this time. */
function startAt(startMs: number) {
  let nowMs = startMs;
  const store = localRateLimits({ ...fakeClock(), monotonic: () => nowMs });
  const reserve = (...costs: LimitCost[]) => {
    const reservation = store.reserve({ tenant: createTenant("one"), scopes: ["default"], costs, waiting: () => 1 });
    if (reservation instanceof Promise) throw new Error("It replies at once.");
    return reservation;
  };
  return {
    wait: (ms: number) => {
      nowMs += ms;
    },
    reserve,
    timeOf: (cost: LimitCost) => nowMs + reserve(cost).delayMs,
  };
}

const longAgo = 100_000_000;
const perTenSeconds: Size = { limit: 100, perMs: 10_000 };

describe("R62: an idle sliding window", () => {
  test("lets all of its documented limit go at once, and one more when the window and its margin are over", () => {
    const { timeOf } = startAt(longAgo);
    const times = Array.from({ length: 101 }, () => timeOf(costOf(perTenSeconds)) - longAgo);
    expect(times.slice(0, 100)).toEqual(Array(100).fill(0));
    expect(times[100]).toBe(10_250);
  });

  test.each([
    [500, 50],
    [1_000, 100],
    [10_000, 250],
    [60_000, 250],
  ])("of %d ms has a margin of %d ms", (perMs, marginMs) => {
    const { timeOf } = startAt(longAgo);
    expect([1, 2].map(() => timeOf(costOf({ limit: 1, perMs })) - longAgo)).toEqual([0, perMs + marginMs]);
  });
});

describe("R62: the first window of a process", () => {
  test("is earned by the time that passes, as if it had been evenly used before", () => {
    const { timeOf } = startAt(0);
    const times = Array.from({ length: 100 }, () => timeOf(costOf(perTenSeconds)));
    // The first call does not wait.
    times.forEach((atMs, index) => void expect(atMs).toBeCloseTo(index * 102.5, 6));
  });

  test("allows at its half what was not used until then, and at its end all of it", () => {
    const half = startAt(5_125);
    expect(Array.from({ length: 51 }, () => half.timeOf(costOf(perTenSeconds))).at(-1)).toBe(5_125);
    expect(half.timeOf(costOf(perTenSeconds))).toBeGreaterThan(5_125);
    const full = startAt(10_250);
    expect(Array.from({ length: 100 }, () => full.timeOf(costOf(perTenSeconds))).at(-1)).toBe(10_250);
  });
});

/** The most that any window holds, by a list of all permits, each repeated as often as it costs. */
const mostCost = (permits: readonly { readonly atMs: number; readonly cost: number }[], perMs: number) =>
  // What lies a window apart but for the rounding of doubles lies a window apart.
  mostInWindow(
    permits.flatMap(({ atMs, cost }) => Array<number>(cost).fill(atMs)),
    perMs * (1 - 1e-9),
  );

const requests = fc
  .record({ limit: fc.integer({ min: 1, max: 200 }), perMs: fc.integer({ min: 1, max: 3_600_000 }) })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      startMs: fc.constantFrom(0, size.perMs / 2, 4 * size.perMs),
      asked: fc.array(
        fc.record({
          windows: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1.5, noNaN: true })),
          cost: fc.integer({ min: 1, max: size.limit }),
        }),
        { minLength: 1, maxLength: 80 },
      ),
      small: fc.boolean(),
    }),
  );

test("R18: no window exceeds the limit, and no permit is earlier than its request, in 10,000 runs of random costs, pauses, limits and starts", () => {
  fc.assert(
    fc.property(requests, ({ size, startMs, asked, small }) => {
      const { wait, reserve } = startAt(startMs);
      let nowMs = startMs;
      const permits = asked.map(({ windows, cost }) => {
        nowMs += windows * size.perMs;
        wait(windows * size.perMs);
        const amount = small ? Math.min(size.limit, 1 + (cost % 5)) : cost;
        const { kind, delayMs } = reserve(costOf(size, amount));
        expect([kind, delayMs >= 0]).toEqual(["reserved", true]);
        return { atMs: nowMs + delayMs, cost: amount };
      });
      expect(mostCost(permits, size.perMs)).toBeLessThanOrEqual(size.limit);
    }),
    { numRuns: 10_000 },
  );
});

test("a request that costs more than the limit waits until the window is empty, and the next one until it is empty again", () => {
  const { timeOf } = startAt(longAgo);
  const size = { limit: 3, perMs: 1_000 };
  const times = [1, 5, 1].map((cost) => timeOf(costOf(size, cost)) - longAgo);
  expect(times).toEqual([0, 1_100, 2_200]);
});

test("steady demand uses all of the limit in each window and its margin, but for what one part of the window is late", () => {
  for (const limit of [34, 100, 900]) {
    const { timeOf } = startAt(longAgo);
    const times = Array.from({ length: 20 * limit }, () => timeOf(costOf({ limit, perMs: 1_000 })));
    const spanMs = (times.at(-1) ?? 0) - longAgo;
    expect(spanMs).toBeGreaterThanOrEqual(19 * 1_100 - 1e-6);
    expect(spanMs).toBeLessThanOrEqual(19 * 1_100 + 1_100 / windowParts);
  }
});

test("of two windows the one that is full decides, and the other is not used until then", () => {
  const { reserve, wait } = startAt(longAgo);
  const seconds = costOf({ limit: 10, perMs: 1_000 }, 1, "default 0");
  const minutes = costOf({ limit: 1, perMs: 60_000 }, 1, "default 1");
  expect(reserve(seconds, minutes)).toEqual({ kind: "reserved", delayMs: 0 });
  expect(reserve(seconds, minutes)).toEqual({ kind: "later", delayMs: 60_250 });
  expect(reserve(seconds)).toEqual({ kind: "reserved", delayMs: 0 });
  wait(60_250);
  expect(reserve(seconds, minutes)).toEqual({ kind: "reserved", delayMs: 0 });
});

test("a call waits at least for as many windows as those before it fill", () => {
  const window = toSlidingWindow({ limit: 10, perMs: 1_000 });
  expect([0, 9, 10, 19, 20].map((ahead) => windowWaitMs(window, ahead, 1))).toEqual([0, 0, 1_100, 1_100, 2_200]);
});
