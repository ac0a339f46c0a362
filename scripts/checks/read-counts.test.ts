import { expect, test } from "vitest";
import { readCounts } from "../read-counts.ts";

test.each([
  ["1 passed, 1 failed\n\n12 passed, 0 failed\n", 0, { passed: 12, failed: 0 }],
  ["12 passed, 3 failed\n[ELIFECYCLE] Command failed\n", 1, { passed: 12, failed: 3 }],
])("CI takes a command's last count: %j", (output, code, counts) => {
  expect(readCounts(output, code)).toEqual(counts);
});

test.each([
  ["said nothing", "", 0, { passed: 0, failed: 1 }],
  ["is missing", "[ERR_PNPM_NO_SCRIPT] Missing script: test:chaos\n", 1, { passed: 0, failed: 1 }],
  ["ended with an error after its count", "12 passed, 0 failed\n", 137, { passed: 12, failed: 1 }],
  ["counted nothing", "0 passed, 0 failed\n", 0, { passed: 0, failed: 1 }],
  ["only quoted a count", "expected 12 passed, 0 failed\n", 0, { passed: 0, failed: 1 }],
])("CI counts a command that %s as one failure", (_, output, code, counts) => {
  expect(readCounts(output, code)).toEqual(counts);
});
