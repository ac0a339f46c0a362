import { seededRandom } from "@connectry/testing";

import fc from "fast-check";
import { expect, test } from "vitest";

import { backoffMs as waitMs } from "./backoff.js";

/** The Kolmogorov-Smirnov distance between samples and the uniform distribution on [0, bound). */
function distanceFromUniform(samples: readonly number[], bound: number): number {
  const n = samples.length;
  const sorted = [...samples].sort((a, b) => a - b);
  return Math.max(...sorted.map((x, i) => Math.max((i + 1) / n - x / bound, x / bound - i / n)));
}

// Above this distance the hypothesis "uniform" falls at p = 0.01.
const critical = 1.628 / Math.sqrt(10_000);

test.each([
  ["transient", 1, 50],
  ["transient", 3, 200],
  ["throttled", 1, 1_000],
  ["throttled", 9, 20_000],
] as const)("R4: the backoff after a %s attempt %i is uniform below %i ms", (kind, attempt, bound) => {
  const random = seededRandom(4);
  const samples = Array.from({ length: 10_000 }, () =>
    waitMs({ kind, failures: attempt, retryAfterMs: undefined }, random),
  );
  expect(distanceFromUniform(samples, bound)).toBeLessThan(critical);
});

test("R4: the test for uniformity rejects a distribution that is not uniform", () => {
  const random = seededRandom(4);
  const samples = Array.from(
    { length: 10_000 },
    () => 25 + waitMs({ kind: "transient", failures: 1, retryAfterMs: undefined }, random) / 2,
  );
  expect(distanceFromUniform(samples, 50)).toBeGreaterThan(critical);
});

test("R5: the wait is never shorter than the provider asked for, at most a tenth and 10 ms longer, and at most a second", () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), chance, fc.integer({ min: 1, max: 9 }), (hintMs, a, failures) => {
      const wait = waitMs({ kind: "throttled", failures, retryAfterMs: hintMs }, () => a);
      expect(wait).toBeGreaterThanOrEqual(hintMs);
      expect(wait).toBeLessThanOrEqual(hintMs + Math.min(1_000, 10 + hintMs / 10));
    }),
  );
});

test("R5: where the provider asks for no wait, the backoff decides, so that an overloaded server is not asked at once", () => {
  expect(waitMs({ kind: "throttled", failures: 2, retryAfterMs: 0 }, () => 0.5)).toBe(1_000);
});

test("100 callers with the same Retry-After have different waits", () => {
  const random = seededRandom(1);
  const waits = Array.from({ length: 100 }, () =>
    waitMs({ kind: "transient", failures: 1, retryAfterMs: 5_000 }, random),
  );
  expect(new Set(waits).size).toBe(100);
});
