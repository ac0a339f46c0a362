// The README's test command: everything that must hold, in the order in which a mistake is cheapest to find.
// What is given behind it goes to vitest: `pnpm test -t R5`.
import { mkdir, readFile, rm } from "node:fs/promises";
import { runStep } from "./run-step.ts";

const report = "node_modules/.cache/connectry/vitest.json";
await mkdir("node_modules/.cache/connectry", { recursive: true });
await rm(report, { force: true });

const steps: [title: string, command: string, args: string[]][] = [
  ["lint and format", "biome", ["ci", "--error-on-warnings", "."]],
  ["find redis-server", "node", ["scripts/find-redis.ts"]],
  [
    "build the connectry command",
    "turbo",
    ["run", "build", "--filter=@connectry/codegen", "--output-logs=errors-only"],
  ],
  ["pull the pinned documents", "connectry", ["pull"]],
  ["generate, build and type-check", "turbo", ["run", "generate", "build", "check", "--output-logs=errors-only"]],
  [
    "tests",
    "vitest",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  ],
];

let passed = 0;
let failed = 0;
for (const [title, command, args] of steps) {
  const good = await runStep(title, command, args);
  if (good) passed += 1;
  else failed += 1;
  // What stands on a broken build only repeats that it is broken.
  if (!good && command === "turbo") break;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}
const counts = await readFile(report, "utf8").then(
  (text) => JSON.parse(text) as Report,
  () => ({ numPassedTests: 0, numFailedTests: 0 }),
);
console.log(`\n${passed + counts.numPassedTests} passed, ${failed + counts.numFailedTests} failed`);
process.exitCode = failed === 0 ? 0 : 1;
