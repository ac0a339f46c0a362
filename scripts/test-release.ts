// The release end-to-end test: a release from its changesets to a consumer's first call, in a copy of this repository and
// on a registry of its own. Installs e2e/release, and runs its tests. What is given behind it goes to vitest.
import { installStep } from "./install-step.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "release",
  [installStep("e2e/release"), ["type-check the release end-to-end test", "tsc", ["-p", "e2e/release"]]],
  ["--config", "e2e/release/vitest.config.ts", ...process.argv.slice(2)],
);
