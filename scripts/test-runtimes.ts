// Tests the packed connectors on every supported runtime: installs e2e/runtimes, builds the packages, packs
// them, and runs the same programs against fake providers. Then the examples of frameworks are built and called.
// Arguments are passed to vitest.
import { installStep } from "./install-step.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "runtimes",
  [
    installStep("e2e/runtimes"),
    installStep("examples/frameworks"),
    ["generate and build", "turbo", ["run", "generate", "build", "--output-logs=errors-only"]],
    ["type-check the programs", "tsc", ["-p", "e2e/runtimes"]],
    ["type-check the examples of frameworks", "tsc", ["-p", "examples/frameworks"]],
    ["type-check the example of Bun", "tsc", ["-p", "examples/frameworks/bun"]],
  ],
  ["--config", "e2e/runtimes/vitest.config.ts", ...process.argv.slice(2)],
);
