// Runs the scorecard: builds our packages, puts each client before the same faults, and writes benchmarks/SCORECARD.md, its picture and
// its record. `--check` runs our own clients alone and compares them with the record; its last line is `N passed, N failed`.
// `--try 429-date stripe` prints some cells.
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { installPeers } from "./install-peers.ts";
import { runStep } from "./run-step.ts";

const args = process.argv.slice(2);
process.env.PATH = `${fileURLToPath(new URL("../node_modules/.bin", import.meta.url))}${delimiter}${process.env.PATH}`;

async function isDone(): Promise<boolean> {
  // Our own clients need no peer.
  if (!args.includes("--check") && !(await installPeers())) return false;
  if (!(await runStep("generate and build", "turbo", ["run", "generate", "build", "--output-logs=errors-only"])))
    return false;
  return runStep("scorecard", "node", ["benchmarks/src/scorecard/main.ts", ...args]);
}

const good = await isDone();
process.exitCode = good ? 0 : 1;
