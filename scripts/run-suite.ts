import { globSync, readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeFailures, type Report } from "./failures.ts";
import { leftOutConnectors, vitestFilters } from "./left-out.ts";
import type { Counts } from "./read-counts.ts";
import { runStep } from "./run-step.ts";

/**
 * A title, a command and its arguments, which can depend on the connectors that are left out after the steps before. With a glob of
 * vitest's JSON reports, the step runs tests, which count, and the suite goes on after a failure.
 */
export type Step = readonly [
  title: string,
  command: string,
  args: readonly string[] | ((leftOut: readonly string[]) => readonly string[]),
  reports?: string,
];

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = "node_modules/.cache/connectry";

/**
 * Runs steps and then vitest, and prints `N passed, N failed` as the last line: every step counts as one, and so does every test. A
 * failed installation or build ends the suite, because the steps after it would only fail for the same reason. Each connector that is
 * left out counts as skipped, in a line above the last one.
 */
export async function runSuite(name: string, steps: readonly Step[], vitest: readonly string[]): Promise<void> {
  await mkdir(join(root, cache), { recursive: true });
  const report = `${cache}/${name}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${join(root, report)}`];
  const tests: Step = ["tests", "vitest", (left) => ["run", ...vitest, ...vitestFilters(left), ...reporters], report];

  let passed = 0;
  let failed = 0;
  const failures: string[] = [];
  for (const step of [...steps, tests]) {
    const { isGood, counts, failedTests } = await runAndCount(step);
    if (!isGood) failures.push(step[0]);
    failures.push(...failedTests);
    passed += counts.passed + (isGood ? 1 : 0);
    failed += counts.failed + (isGood ? 0 : 1);
    const [, command, , reports] = step;
    if (!isGood && reports === undefined && (command === "turbo" || command === "npx")) break;
  }
  const leftOut = leftOutConnectors(root);
  if (leftOut.length > 0)
    console.log(`\n${leftOut.length} skipped, because their documents cannot be had: ${leftOut.join(", ")}`);
  console.log(["", ...failures.map((what) => `failed: ${what}`)].join("\n"));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

interface Outcome {
  readonly isGood: boolean;
  readonly counts: Counts;
  readonly failedTests: readonly string[];
}

/** Runs a step and counts the tests of its reports, which it writes anew. */
async function runAndCount([title, command, args, reports]: Step): Promise<Outcome> {
  const findReports = () => (reports === undefined ? [] : globSync(reports, { cwd: root }).map((at) => join(root, at)));
  for (const file of findReports()) rmSync(file);
  const isGood = await runStep(title, command, typeof args === "function" ? args(leftOutConnectors(root)) : args);
  const written = findReports().map((file) => JSON.parse(readFileSync(file, "utf8")) as Report);
  const passed = written.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0);
  const failed = written.reduce((sum, { numFailedTests }) => sum + numFailedTests, 0);
  return {
    isGood,
    counts: { passed, failed },
    failedTests: written.flatMap((report) => describeFailures(report, root)),
  };
}
