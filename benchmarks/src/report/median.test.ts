import assert from "node:assert/strict";
import { test } from "node:test";
import { median, pairedRatio, spread } from "./median.ts";

test("the median of an odd number of values is the middle one, in any order", () => {
  assert.equal(median([9, 1, 5]), 5);
});

test("the median of an even number of values is the mean of the two in the middle", () => {
  assert.equal(median([10, 1, 4, 2]), 3);
});

test("numbers are sorted as numbers", () => {
  assert.equal(median([9, 10, 100]), 10);
});

test("an empty list has no median", () => {
  assert.throws(() => median([]), /no median/);
});

test("a spread has the minimum and the maximum", () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3 });
});

test("a ratio compares values of the same round, so that a round that is slow for both does not change it", () => {
  assert.deepEqual(pairedRatio([2, 200, 2], [1, 100, 1]), { median: 2, min: 2, max: 2 });
  assert.throws(() => pairedRatio([1], [1, 2]), /same rounds/);
});
