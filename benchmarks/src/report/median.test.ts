import assert from "node:assert/strict";
import { test } from "node:test";
import { median, pairedRatio, spread } from "./median.ts";

test("the median of an odd number of values is the one in the middle, whatever their order", () => {
  assert.equal(median([9, 1, 5]), 5);
});

test("the median of an even number of values lies between the two in the middle", () => {
  assert.equal(median([10, 1, 4, 2]), 3);
});

test("numbers are sorted as numbers", () => {
  assert.equal(median([9, 10, 100]), 10);
});

test("no values have no median", () => {
  assert.throws(() => median([]), /no median/);
});

test("a spread names the least and the greatest", () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3 });
});

test("a ratio compares each round with itself, so that one slow round of both changes nothing", () => {
  assert.deepEqual(pairedRatio([2, 200, 2], [1, 100, 1]), { median: 2, min: 2, max: 2 });
  assert.throws(() => pairedRatio([1], [1, 2]), /same rounds/);
});
