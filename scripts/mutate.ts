// Whether tests notice when core is changed (R50), on demand: installs mutation/, changes the code and runs the tests. What is
// given behind it names the areas: `pnpm mutate retry url`.
import { installStep } from "./install-step.ts";
import { runStep } from "./run-step.ts";

const steps = [
  installStep("mutation"),
  ["type-check", "tsc", ["-p", "mutation"]],
  ["find redis-server", "node", ["scripts/find-redis.ts"]],
  ["change core, and look who notices", "node", ["mutation/src/run.ts", ...process.argv.slice(2)]],
] as const;

for (const [title, command, args] of steps) {
  if (!(await runStep(title, command, args))) process.exit(1);
}
