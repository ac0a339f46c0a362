// Mutation tests of core (R50), on demand: installs benchmarks/mutation, changes the code and runs the tests. Arguments name the
// areas: `pnpm mutate retry url`.
import { installStep } from "./install-step.ts";
import { runStep } from "./run-step.ts";

const steps = [
  installStep("benchmarks/mutation"),
  ["type-check", "tsc", ["-p", "benchmarks/mutation"]],
  ["find redis-server and postgres", "node", ["scripts/find-servers.ts"]],
  ["change core, and run its tests", "node", ["benchmarks/mutation/src/run.ts", ...process.argv.slice(2)]],
] as const;

for (const [title, command, args] of steps) {
  if (!(await runStep(title, command, args))) process.exit(1);
}
