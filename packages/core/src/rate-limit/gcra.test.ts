import fc from "fast-check";
import { expect, test } from "vitest";
import { mostInWindow } from "../../test/windows.js";
import { allowedAtMs, type Gcra, nextTatMs, toGcra } from "./gcra.js";
import { reserveAll } from "./reserve-all.js";

interface Permit {
  readonly atMs: number;
  readonly cost: number;
}

/** Permits costs that are asked for after such pauses, each as early as it may be. */
function reserveEach(gcra: Gcra, requested: readonly { readonly pauseMs: number; readonly cost: number }[]): Permit[] {
  let nowMs = 1_000_000;
  let tatMs = 0;
  return requested.map(({ pauseMs, cost }) => {
    nowMs += pauseMs;
    const state = { allowedAtMs: allowedAtMs({ gcra, cost }, tatMs), toleranceMs: gcra.toleranceMs };
    const { kind, delayMs } = reserveAll([state], nowMs, (_, atMs) => {
      tatMs = nextTatMs({ gcra, cost }, tatMs, atMs);
    });
    expect([kind, delayMs >= 0]).toEqual(["reserved", true]);
    return { atMs: nowMs + delayMs, cost };
  });
}

/** The oracle: the most that any window holds, by a log of all that was permits. */
function mostCost(permits: readonly Permit[], perMs: number): number {
  // What lies a window apart but for the rounding of doubles lies a window apart.
  const length = perMs * (1 - 1e-9);
  const spans = permits.map(({ atMs }) =>
    permits.reduce((sum, other) => (other.atMs >= atMs && other.atMs < atMs + length ? sum + other.cost : sum), 0),
  );
  return Math.max(...spans);
}

const limits = fc
  .record({ limit: fc.integer({ min: 1, max: 5_000 }), perMs: fc.integer({ min: 1, max: 3_600_000 }) })
  .chain(({ limit, perMs }) =>
    fc.record({
      limit: fc.constant(limit),
      perMs: fc.constant(perMs),
      burst: fc.option(fc.integer({ min: 1, max: limit }), { nil: undefined }),
      asked: fc.array(
        fc.record({
          // In windows: from at once to well after all is forgotten.
          pauseMs: fc
            .oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true }))
            .map((windows) => windows * perMs),
          cost: fc.integer({ min: 1, max: limit }),
        }),
        { minLength: 1, maxLength: 60 },
      ),
      small: fc.boolean(),
    }),
  );

test("R18: no window exceeds the limit, and no permit is earlier than its request, in 10,000 runs of random costs, pauses, limits and bursts", () => {
  fc.assert(
    fc.property(limits, ({ limit, perMs, burst, asked: requested, small }) => {
      const gcra = toGcra({ bucket: "default", limit, perMs, ...(burst === undefined ? {} : { burst }) });
      const costs = small ? requested.map(({ pauseMs, cost }) => ({ pauseMs, cost: 1 + (cost % 5) })) : requested;
      // What costs more than the limit is let through alone, as it never could be otherwise.
      const within = costs.filter(({ cost }) => cost <= limit);
      if (within.length > 0) expect(mostCost(reserveEach(gcra, within), perMs)).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 10_000 },
  );
});

test("a burst is permitted at once after a pause, and then one request per interval", () => {
  const gcra = toGcra({ bucket: "default", limit: 10, perMs: 1_000, burst: 3 });
  const requested = Array.from({ length: 6 }, () => ({ pauseMs: 0, cost: 1 }));
  const times = reserveEach(gcra, requested).map(({ atMs }) => Math.round(atMs - 1_000_000));
  expect(times).toEqual([0, 0, 0, 125, 250, 375]);
});

test("the default burst is 3 % of the limit, and at least 1", () => {
  const atOnce = (limit: number) => {
    const requested = Array.from({ length: 40 }, () => ({ pauseMs: 0, cost: 1 }));
    return reserveEach(toGcra({ bucket: "default", limit, perMs: 1_000 }), requested).filter(
      ({ atMs }) => atMs < 1_000_000.001,
    ).length;
  };
  expect([1, 10, 100, 1_000].map(atOnce)).toEqual([1, 1, 3, 30]);
});

test("steady demand uses at least 97 % of the limit, and does not exceed it", () => {
  const requested = Array.from({ length: 2_000 }, () => ({ pauseMs: 0, cost: 1 }));
  for (const limit of [34, 100, 900]) {
    const times = reserveEach(toGcra({ bucket: "default", limit, perMs: 1_000 }), requested).map(({ atMs }) => atMs);
    // As above: but for the rounding of doubles.
    expect(mostInWindow(times, 999.999)).toBeLessThanOrEqual(limit);
    expect((1_999 * 1_000) / ((times.at(-1) ?? 0) - 1_000_000)).toBeGreaterThanOrEqual(limit * 0.97);
  }
});

test("after a request of cost 5 the next one waits as long as after five requests", () => {
  const gcra = toGcra({ bucket: "default", limit: 60, perMs: 60_000, burst: 1 });
  const [first, second] = reserveEach(gcra, [
    { pauseMs: 0, cost: 5 },
    { pauseMs: 0, cost: 1 },
  ]);
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeCloseTo(5_000, 1);
});
