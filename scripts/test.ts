// The test command of the README: all checks and tests, those that find a mistake fastest first.
// Arguments are passed to vitest: `pnpm test -t R5`.
import { turboFilters } from "./left-out.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "test",
  [
    ["lint and format", "biome", ["ci", "--error-on-warnings", "."]],
    ["find redis-server and postgres", "node", ["scripts/find-servers.ts"]],
    [
      "build the connectry command",
      "turbo",
      ["run", "build", "--filter=@connectry/codegen", "--output-logs=errors-only"],
    ],
    ["pull the pinned documents", "connectry", ["pull", "--record"]],
    [
      "generate, build and type-check",
      "turbo",
      (leftOut) => ["run", "generate", "build", "check", "--output-logs=errors-only", ...turboFilters(leftOut)],
    ],
    ["type-check the scripts", "tsc", ["-p", "scripts"]],
  ],
  process.argv.slice(2),
);
