// From nothing to a first call: pulls the pinned document, generates, builds, and runs examples/quickstart.ts.
import { runStep } from "./run-step.ts";

const startedAt = performance.now();
const steps: [title: string, command: string, args: string[]][] = [
  ["pull the pinned documents", "connectry", ["pull", "--out", "examples/documents"]],
  ["generate and build", "turbo", ["run", "generate", "build", "--output-logs=errors-only"]],
  ["run examples/quickstart.ts", "node", ["examples/quickstart.ts"]],
];
for (const [title, command, args] of steps) {
  if (!(await runStep(title, command, args))) process.exit(1);
}
console.log(`\nquickstart took ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
