// A release from its changesets to a stranger's first call, in a copy of this repository and on a registry of its own:
// installs rehearsal/, and runs its tests. What is given behind it goes to vitest.
import { installStep } from "./install-step.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "rehearsal",
  [installStep("rehearsal"), ["type-check the rehearsal", "tsc", ["-p", "rehearsal"]]],
  ["--config", "rehearsal/vitest.config.ts", ...process.argv.slice(2)],
);
