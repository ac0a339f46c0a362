import { mkdir, readFile, rm } from "node:fs/promises";
import { runStep } from "./run-step.ts";

/** What it does, the command, and its arguments. */
export type Step = readonly [title: string, command: string, args: readonly string[]];

const folder = "node_modules/.cache/connectry";

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/**
 * Runs steps and then the tests, adds up both, and says `N passed, N failed` in the last line. What stands on a broken
 * build only repeats that it is broken: nothing runs after one.
 */
export async function runSteps(steps: readonly Step[], testArgs: readonly string[]): Promise<void> {
  const report = `${folder}/vitest.json`;
  await mkdir(folder, { recursive: true });
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];

  let passed = 0;
  let failed = 0;
  for (const [title, command, args] of [...steps, ["tests", "vitest", ["run", ...reporters, ...testArgs]] as Step]) {
    const good = await runStep(title, command, args);
    if (good) passed += 1;
    else failed += 1;
    if (!good && command === "turbo") break;
  }
  const counts = await readFile(report, "utf8").then(
    (text) => JSON.parse(text) as Report,
    () => ({ numPassedTests: 0, numFailedTests: 0 }),
  );
  console.log(`\n${passed + counts.numPassedTests} passed, ${failed + counts.numFailedTests} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
