// Everything from the documents to the first calls: pulls the pinned documents, generates, builds, and runs examples/quickstart.ts.
import { glob, readFile } from "node:fs/promises";
import { runStep } from "./run-step.ts";

const startedAt = performance.now();
const turbo = ["run", "--output-logs=new-only", "--log-order=stream"];
const steps: [title: string, command: string, args: string[]][] = [
  ["build the connectry command", "turbo", [...turbo, "build", "--filter=@connectry/codegen"]],
  ["pull the pinned documents", "connectry", ["pull", "--out", "examples/documents"]],
  ["generate and build", "turbo", [...turbo, "generate", "build"]],
  ["run examples/quickstart.ts", "node", ["examples/quickstart.ts"]],
];
for (const [title, command, args] of steps) {
  if (!(await runStep(title, command, args))) process.exit(1);
}

let operations = 0;
for await (const surface of glob("specs/*/surface.txt")) {
  operations += (await readFile(surface, "utf8")).match(/^[A-Z]+ \//gm)?.length ?? 0;
}
console.log(
  `\n${operations} operations generated; quickstart took ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
);
console.log("See how these calls went: npm run dashboard");
