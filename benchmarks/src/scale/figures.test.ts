import assert from "node:assert/strict";
import { test } from "node:test";
import { jainIndex, mostInWindow, quantile } from "./figures.ts";
import { seeded, zipf } from "./simulation/random.ts";

test("Jain's index is 1 for equal shares and 1 / n where one has everything", () => {
  assert.equal(jainIndex([3, 3, 3, 3]), 1);
  assert.equal(jainIndex([8, 0, 0, 0]), 0.25);
  // The example of the paper, section 3: 20 of 100 users share, the others have nothing.
  assert.equal(jainIndex(Array.from({ length: 100 }, (_, index) => (index < 20 ? 1 : 0))), 0.2);
});

test("the most in a window counts what is less than its length apart", () => {
  assert.equal(mostInWindow([0, 999, 1_000, 1_001], 1_000), 3);
  assert.equal(mostInWindow([0, 1_000, 2_000], 1_000), 1);
  assert.equal(mostInWindow([], 1_000), 0);
});

test("a quantile is the value below which that part is", () => {
  assert.equal(quantile([5, 1, 4, 2, 3], 0.5), 3);
  assert.equal(quantile([5, 1, 4, 2, 3], 1), 5);
});

test("Zipf's law draws the second half as often as the first, and the fourth a quarter as often", () => {
  const draw = zipf(1_000, 1, seeded(7));
  const counts = new Array<number>(1_000).fill(0);
  for (let count = 0; count < 200_000; count += 1) counts[draw()]! += 1;
  assert.ok(Math.abs(counts[1]! / counts[0]! - 1 / 2) < 0.03);
  assert.ok(Math.abs(counts[3]! / counts[0]! - 1 / 4) < 0.03);
});
