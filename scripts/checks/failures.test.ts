import { expect, test } from "vitest";
import { describeFailures, readFailures } from "../failures.ts";

const report = (testResults: Parameters<typeof describeFailures>[0]["testResults"]) => ({
  numPassedTests: 1,
  numFailedTests: 1,
  testResults,
});

test("a suite names each test that failed, with its file and the first line of its message", () => {
  const assertionResults = [
    {
      fullName: "R8 waits",
      status: "failed",
      failureMessages: ["AssertionError: expected 1 to be 2\n    at wait.test.ts:3"],
    },
    { fullName: "R8 goes on", status: "passed", failureMessages: [] },
  ];
  const file = { name: "/repo/packages/core/test/wait.test.ts", status: "failed", message: "", assertionResults };
  expect(describeFailures(report([file]), "/repo/")).toEqual([
    "packages/core/test/wait.test.ts > R8 waits: AssertionError: expected 1 to be 2",
  ]);
});

test("a suite names a file that failed before its tests", () => {
  const file = {
    name: "/repo/a.test.ts",
    status: "failed",
    message: "Cannot find module 'b'\nstack",
    assertionResults: [],
  };
  expect(describeFailures(report([file]), "/repo/")).toEqual(["a.test.ts: Cannot find module 'b'"]);
});

test("CI repeats what its commands name as failed", () => {
  const output = "failed: a.test.ts > one: no\n  failed: quoted\nfailed: lint and format\n1 passed, 2 failed\n";
  expect(readFailures(output)).toEqual(["a.test.ts > one: no", "lint and format"]);
});
