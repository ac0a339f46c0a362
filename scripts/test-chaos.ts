// The long tests, `*.chaos.test.ts`: several processes, a Redis that is killed or stopped, tens of seconds of load, and what measures milliseconds.
// Arguments are passed to vitest: `pnpm test:chaos -t R12`.
import { runSuite } from "./run-suite.ts";

await runSuite(
  "chaos",
  [
    ["find redis-server and postgres", "node", ["scripts/find-servers.ts"]],
    ["build the core", "turbo", ["run", "build", "--filter=@connectry/core", "--output-logs=errors-only"]],
  ],
  ["--mode", "chaos", ...process.argv.slice(2)],
);
