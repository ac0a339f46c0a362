// The test command of the README: all checks and tests, those that find a mistake fastest first.
// Arguments are passed to vitest: `pnpm test -t R5`.
import { fileURLToPath } from "node:url";
import { readConnectors } from "./connectors.ts";
import { turboFilters } from "./left-out.ts";
import { runSuite, type Step } from "./run-suite.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const connectors = readConnectors(root);
// Each by itself, so that turbo runs those that a change concerns. What is passed to vitest concerns all of them.
const each: Step = [
  "tests of each connector",
  "turbo",
  (leftOut) => [
    ...["run", "test", "--concurrency=2", "--continue=dependencies-successful", "--output-logs=errors-only"],
    ...connectors.filter(({ id }) => !leftOut.includes(id)).map(({ packageName }) => `--filter=${packageName}`),
  ],
  "packages/connectors/*/.cache/tests.json",
];

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
    ...(args.length === 0 ? [each] : []),
  ],
  args.length === 0 ? connectors.map(({ id }) => `--project=!${id}`) : args,
);
