// Builds the packages and writes their api-surface.txt, the exports as text, so that a review sees each change of them.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describePackage, surfaceFile } from "./api-surface/describe-package.ts";
import { builtPackages } from "./public-packages.ts";
import { runStep } from "./run-step.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
if (!(await runStep("build", "turbo", ["run", "generate", "build", "--output-logs=errors-only"]))) process.exit(1);
for (const manifest of builtPackages(root)) {
  await writeFile(join(root, surfaceFile(manifest)), describePackage(root, manifest));
}
