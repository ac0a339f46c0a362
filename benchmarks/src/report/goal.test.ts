import assert from "node:assert/strict";
import { test } from "node:test";
import { atLeast, atMost } from "./goal.ts";

const compared = { target: "a target", measured: "a figure" };

test("a goal that is met has a share of 1 or less, whichever way it is bounded", () => {
  assert.deepEqual(atMost(10, { ...compared, value: 5 }), { ...compared, met: true, share: 0.5 });
  assert.deepEqual(atMost(10, { ...compared, value: 20 }), { ...compared, met: false, share: 2 });
  assert.deepEqual(atLeast(10, { ...compared, value: 20 }), { ...compared, met: true, share: 0.5 });
  assert.deepEqual(atLeast(10, { ...compared, value: 5 }), { ...compared, met: false, share: 2 });
});

test("a value that is not a number meets no goal", () => {
  assert.equal(atMost(10, { ...compared, value: Number.NaN }).met, false);
  assert.equal(atLeast(10, { ...compared, value: Number.NaN }).met, false);
});
