import { expect, test } from "vitest";
import { scoreOf, unnoticed } from "../../benchmarks/mutation/src/score.ts";

const mutants = ["Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "Ignored"].map((status, index) => ({
  status,
  fileName: "/somewhere/core/src/retry/backoff.ts",
  location: { start: { line: index + 1 } },
  mutatorName: "BlockStatement",
  replacement: "{\n}",
}));

test("R50: a change is noticed where a test fails or does not end, and does not count where it could not run", () => {
  expect(scoreOf(mutants)).toEqual({ noticed: 2, all: 4, percent: 50 });
  expect(unnoticed(mutants)).toEqual([
    "retry/backoff.ts:3  BlockStatement  { }",
    "retry/backoff.ts:4  BlockStatement  { }",
  ]);
});

test("the score without any change is 0", () => {
  expect(scoreOf([]).percent).toBe(0);
});
