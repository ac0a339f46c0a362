import assert from "node:assert/strict";
import { test } from "node:test";
import { lineThrough } from "./fitted-line.ts";

test("a line through points on a line is that line", () => {
  const line = lineThrough([
    [0, 1],
    [1, 3],
    [3, 7],
  ]);
  assert.equal(line.slope, 2);
  assert.equal(line.at(10), 21);
});

test("a line through other points has the least squares", () => {
  const line = lineThrough([
    [1, 6],
    [2, 5],
    [3, 7],
    [4, 10],
  ]);
  // https://en.wikipedia.org/wiki/Linear_least_squares#Example: 3.5 + 1.4 x.
  assert.ok(Math.abs(line.at(0) - 3.5) < 1e-9 && Math.abs(line.slope - 1.4) < 1e-9);
});
