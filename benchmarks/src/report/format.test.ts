import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, figure, times, withSpread } from "./format.ts";

test("a figure keeps three significant digits while it is small, and is grouped when it is large", () => {
  assert.deepEqual([0.01234, 9.876, 99.96, 12_345.6].map(figure), ["0.0123", "9.88", "100", "12,346"]);
});

test("bytes are counted in thousands", () => {
  assert.deepEqual([10_432, 999_999, 1_000_000, 23_456_789].map(bytes), ["10.4 kB", "1,000 kB", "1 MB", "23.5 MB"]);
});

test("a spread shows its median first", () => {
  assert.equal(withSpread({ median: 2, min: 1, max: 3.5 }), "2 (1–3.5)");
  assert.equal(times(0.934), "0.934x");
});
