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

test("R5: the wait is never shorter than the provider asked for, and at most a second longer", () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(100_000), chance, chance, (hintMs, a, b) => {
      const chances = [a, b];
      const wait = waitMs({ kind: "throttled", failures: 1, retryAfterMs: hintMs }, () => chances.shift() as number);
      const backoffMs = a * 1_000;
      expect(wait).toBeGreaterThanOrEqual(Math.max(hintMs, backoffMs));
      expect(wait).toBeLessThanOrEqual(Math.max(hintMs + 1_000, backoffMs));
    }),
  );
});

test("100 callers with the same Retry-After have different waits", () => {
  const random = seededRandom(1);
  const waits = Array.from({ length: 100 }, () =>
    waitMs({ kind: "transient", failures: 1, retryAfterMs: 5_000 }, random),
  );
  expect(new Set(waits).size).toBe(100);
});
