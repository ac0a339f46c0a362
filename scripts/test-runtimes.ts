// The packed connectors on every runtime that they are published for: installs runtimes/, builds the packages, packs
// them, and runs the same programs against fake providers. What is given behind it goes to vitest.
import { installStep } from "./install-step.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "runtimes",
  [
    installStep("runtimes"),
    ["generate and build", "turbo", ["run", "generate", "build", "--output-logs=errors-only"]],
    ["type-check the programs", "tsc", ["-p", "runtimes"]],
  ],
  ["--config", "runtimes/vitest.config.ts", ...process.argv.slice(2)],
);
