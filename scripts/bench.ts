// Compares Connectry with its peers: installs benchmarks/ where its lockfile changed, builds our packages, measures, prints the
// tables and writes benchmarks/RESULTS.md. Arguments name the benchmarks to run: `pnpm bench bundle`.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { runStep } from "./run-step.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const stamp = at("benchmarks/node_modules/.installed-lock");
const lock = createHash("sha256")
  .update(await readFile(at("benchmarks/package-lock.json")))
  .digest("hex");

async function step(title: string, command: string, args: string[]): Promise<void> {
  if (!(await runStep(title, command, args))) process.exit(1);
}

process.env.PATH = `${at("node_modules/.bin")}${delimiter}${process.env.PATH}`;
// The peers are many and large, so they are not part of the workspace: npm installs them here, by their own lockfile.
if ((await readFile(stamp, "utf8").catch(() => "")) !== lock) {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await step("install the peers", "npm", ["--prefix", "benchmarks", "ci", ...quiet]);
  await writeFile(stamp, lock);
}
await step("generate and build", "turbo", ["run", "generate", "build", "--output-logs=errors-only"]);
await step("measure", "node", ["benchmarks/src/run.ts", ...process.argv.slice(2)]);
