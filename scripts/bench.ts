// Compares Connectry with its peers: installs benchmarks/ where its lockfile changed, builds our packages, measures, prints the
// tables and writes benchmarks/RESULTS.md. Arguments name the benchmarks to run: `pnpm bench bundle`.
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { installPeers } from "./install-peers.ts";
import { runStep } from "./run-step.ts";

async function step(title: string, command: string, args: string[]): Promise<void> {
  if (!(await runStep(title, command, args))) process.exit(1);
}

process.env.PATH = `${fileURLToPath(new URL("../node_modules/.bin", import.meta.url))}${delimiter}${process.env.PATH}`;
if (!(await installPeers())) process.exit(1);
await step("generate and build", "turbo", ["run", "generate", "build", "--output-logs=errors-only"]);
await step("measure", "node", ["benchmarks/src/run.ts", ...process.argv.slice(2)]);
