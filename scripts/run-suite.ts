import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runStep } from "./run-step.ts";

/** A title, a command and its arguments. */
export type Step = readonly [title: string, command: string, args: readonly string[]];

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

const cache = fileURLToPath(new URL("../node_modules/.cache/connectry", import.meta.url));

/**
 * Runs steps and then vitest, and prints `N passed, N failed` as the last line: every step counts as one, and so does every test. A
 * failed installation or build ends the suite, because the steps after it would only fail for the same reason.
 */
export async function runSuite(name: string, steps: readonly Step[], vitest: readonly string[]): Promise<void> {
  const report = join(cache, `${name}.json`);
  await mkdir(cache, { recursive: true });
  await rm(report, { force: true });
  const tests = ["run", ...vitest, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];

  let passed = 0;
  let failed = 0;
  for (const [title, command, args] of [...steps, ["tests", "vitest", tests] as const]) {
    const good = await runStep(title, command, args);
    if (good) passed += 1;
    else failed += 1;
    if (!good && (command === "turbo" || command === "npx")) break;
  }
  const counts = await readFile(report, "utf8").then(
    (text) => JSON.parse(text) as Report,
    () => ({ numPassedTests: 0, numFailedTests: 0 }),
  );
  console.log(`\n${passed + counts.numPassedTests} passed, ${failed + counts.numFailedTests} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
