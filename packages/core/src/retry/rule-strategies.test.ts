import { expect, test } from "vitest";
import { epochSeconds } from "./rule-strategies.js";

const nowMs = 1_700_000_000_000;
const until = { header: "x-reset", unit: "epoch-seconds" } as const;

test.each([
  ["1700000010", 10_000],
  ["1700000010.5", 10_500],
  ["1600000000", 0],
  ["", undefined],
  ["-1", undefined],
  ["soon", undefined],
  ["99999999999999999", undefined],
] as const)("the epoch second %j is %j ms from now", (text, want) => {
  expect(epochSeconds(new Headers({ "x-reset": text }), until, nowMs)).toBe(want);
});

test("without the header, or without a rule, it says nothing", () => {
  expect(epochSeconds(new Headers(), until, nowMs)).toBeUndefined();
  expect(epochSeconds(new Headers({ "x-reset": "1" }), undefined, nowMs)).toBeUndefined();
});

test("R46: a header of 1 MiB is set aside", () => {
  expect(epochSeconds(new Headers({ "x-reset": "9".repeat(2 ** 20) }), until, nowMs)).toBeUndefined();
});
