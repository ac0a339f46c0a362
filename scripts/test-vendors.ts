// Compares the webhook schemes with the vendors' own packages: installs e2e/vendors, builds core, and runs both on the same deliveries.
// Arguments are passed to vitest.
import { installStep } from "./install-step.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "vendors",
  [
    installStep("e2e/vendors"),
    ["build core", "turbo", ["run", "build", "--filter=@connectry/core", "--output-logs=errors-only"]],
    ["type-check the comparison with the vendors' packages", "tsc", ["-p", "e2e/vendors"]],
  ],
  ["--config", "e2e/vendors/vitest.config.ts", ...process.argv.slice(2)],
);
