// Runs the commands of CI, names what failed once more, and prints `N passed, N failed` as the last line. A command that ends without
// a count, or with an error that it did not count, counts as one failure.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readFailures } from "./failures.ts";
import { readCounts } from "./read-counts.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const commands = [
  "test",
  "test:chaos",
  "test:release",
  "test:runtimes",
  "test:vendors",
  "test:site",
  "scorecard:check",
];

/** Runs a script of package.json and passes its output through; returns its output and its exit code. */
async function runScript(name: string): Promise<{ output: string; code: number }> {
  const child = spawn("npx", ["-y", "pnpm@12.21.0", "run", name], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    process.stdout.write(text);
    output += text;
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? 1));
  });
  return { output, code };
}

let passed = 0;
let failed = 0;
const failures: string[] = [];
for (const name of commands) {
  console.log(`\n═ pnpm ${name}`);
  const startedAt = performance.now();
  const { output, code } = await runScript(name);
  const counts = readCounts(output, code);
  passed += counts.passed;
  failed += counts.failed;
  const named = readFailures(output);
  failures.push(
    ...(named.length === 0 && counts.failed > 0 ? ["see its output"] : named).map((what) => `${name}: ${what}`),
  );
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  console.log(`═ pnpm ${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
}
console.log(["", ...failures.map((what) => `failed: ${what}`)].join("\n"));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
