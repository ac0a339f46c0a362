// The release end-to-end test: from the changesets to a consumer's first call, with a copy of this repository and a registry on
// this machine. Installs e2e/release, and runs its tests. Arguments are passed to vitest.
import { installStep } from "./install-step.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "release",
  [installStep("e2e/release"), ["type-check the release end-to-end test", "tsc", ["-p", "e2e/release"]]],
  ["--config", "e2e/release/vitest.config.ts", ...process.argv.slice(2)],
);
