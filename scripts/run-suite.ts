import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { leftOutConnectors, vitestFilters } from "./left-out.ts";
import { runStep } from "./run-step.ts";

/** A title, a command and its arguments, which can depend on the connectors that are left out after the steps before. */
export type Step = readonly [
  title: string,
  command: string,
  args: readonly string[] | ((leftOut: readonly string[]) => readonly string[]),
];

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, "node_modules/.cache/connectry");

/**
 * Runs steps and then vitest, and prints `N passed, N failed` as the last line: every step counts as one, and so does every test. A
 * failed installation or build ends the suite, because the steps after it would only fail for the same reason. Each connector that is
 * left out counts as skipped, in a line above the last one.
 */
export async function runSuite(name: string, steps: readonly Step[], vitest: readonly string[]): Promise<void> {
  const report = join(cache, `${name}.json`);
  await mkdir(cache, { recursive: true });
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const tests: Step = ["tests", "vitest", (left) => ["run", ...vitest, ...vitestFilters(left), ...reporters]];

  let passed = 0;
  let failed = 0;
  for (const [title, command, args] of [...steps, tests]) {
    const good = await runStep(title, command, typeof args === "function" ? args(leftOutConnectors(root)) : args);
    if (good) passed += 1;
    else failed += 1;
    if (!good && (command === "turbo" || command === "npx")) break;
  }
  const counts = await readFile(report, "utf8").then(
    (text) => JSON.parse(text) as Report,
    () => ({ numPassedTests: 0, numFailedTests: 0 }),
  );
  const leftOut = leftOutConnectors(root);
  if (leftOut.length > 0)
    console.log(`\n${leftOut.length} skipped, because their documents cannot be had: ${leftOut.join(", ")}`);
  console.log(`\n${passed + counts.numPassedTests} passed, ${failed + counts.numFailedTests} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
