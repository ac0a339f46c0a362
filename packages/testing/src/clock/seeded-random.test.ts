import { expect, test } from "vitest";
import { seededRandom } from "./seeded-random.js";

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

test("the same seed gives the same numbers, and another seed gives other numbers", () => {
  expect(draw(7, 20)).toEqual(draw(7, 20));
  expect(draw(7, 20)).not.toEqual(draw(8, 20));
});

test("numbers are in [0, 1) and evenly distributed", () => {
  const numbers = draw(1, 100_000);
  const buckets = new Array(10).fill(0);
  for (const number of numbers) buckets[Math.floor(number * 10)] += 1;
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  // 10,000 are expected in each bucket; six standard deviations are 570.
  for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(570);
});
