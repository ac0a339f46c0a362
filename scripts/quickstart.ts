// Everything from the documents to the first calls: pulls the pinned documents, generates, builds, and runs examples/quickstart.ts.
import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { leftOutConnectors, turboFilters } from "./left-out.ts";
import { runStep } from "./run-step.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const startedAt = performance.now();
const turbo = ["run", "--output-logs=new-only", "--log-order=stream"];
const steps: [title: string, command: string, args: (leftOut: readonly string[]) => readonly string[]][] = [
  ["build the connectry command", "turbo", () => [...turbo, "build", "--filter=@connectry/codegen"]],
  ["pull the pinned documents", "connectry", () => ["pull", "--record"]],
  ["generate and build", "turbo", (leftOut) => [...turbo, "generate", "build", ...turboFilters(leftOut)]],
  ["run examples/quickstart.ts", "node", () => ["examples/quickstart.ts"]],
];
for (const [title, command, args] of steps) {
  if (!(await runStep(title, command, args(leftOutConnectors(root))))) process.exit(1);
}

const leftOut = leftOutConnectors(root);
let operations = 0;
for await (const file of glob("packages/connectors/*/src/generated/operations.ts")) {
  if (!leftOut.some((name) => file.includes(`connectors/${name}/`)))
    operations += (await readFile(file, "utf8")).match(/^export const /gm)?.length ?? 0;
}
console.log(
  `\n${operations} operations generated; quickstart took ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
);
if (leftOut.length > 0) console.log(`${leftOut.length} skipped: ${leftOut.join(", ")}`);
console.log("See how these calls went: npm run dashboard");
