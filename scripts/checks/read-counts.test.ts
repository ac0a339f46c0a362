import { expect, test } from "vitest";
import { readCounts } from "../read-counts.ts";

test.each([
  ["1 passed, 1 failed\n\n12 passed, 0 failed\n", 0, { passed: 12, failed: 0 }],
  ["12 passed, 3 failed\n[ELIFECYCLE] Command failed\n", 1, { passed: 12, failed: 3 }],
])("CI reads the last count of a command: %j", (output, code, counts) => {
  expect(readCounts(output, code)).toEqual(counts);
});

test.each([
  { what: "prints nothing", output: "", code: 0, counts: { passed: 0, failed: 1 } },
  {
    what: "is missing",
    output: "[ERR_PNPM_NO_SCRIPT] Missing script: test:chaos\n",
    code: 1,
    counts: { passed: 0, failed: 1 },
  },
  {
    what: "ends with an error after its count",
    output: "12 passed, 0 failed\n",
    code: 137,
    counts: { passed: 12, failed: 1 },
  },
  { what: "counts nothing", output: "0 passed, 0 failed\n", code: 0, counts: { passed: 0, failed: 1 } },
  { what: "only quotes a count", output: "expected 12 passed, 0 failed\n", code: 0, counts: { passed: 0, failed: 1 } },
])("CI counts a command that $what as one failure", ({ output, code, counts }) => {
  expect(readCounts(output, code)).toEqual(counts);
});
