// What many connectors cost: adds connectors from real documents to a copy of the repository, and measures how long they take to build,
// check and test. `pnpm bench:many --count 3` adds fewer. The copy has what is committed.
import { runStep } from "./run-step.ts";

const packages = ["codegen", "core", "testing"].map((name) => `--filter=@connectry/${name}`);
const build = ["run", "build", ...packages, "--output-logs=errors-only"];
if (!(await runStep("build", "turbo", build))) process.exit(1);
const args = ["benchmarks/src/many/run.ts", ...process.argv.slice(2)];
process.exitCode = (await runStep("measure sample connectors", "node", args)) ? 0 : 1;
