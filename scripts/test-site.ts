// Builds the documentation site and tests it in Chromium: search, keyboard, links, sizes, contrast. `pnpm test` runs its snippets and guides.
// Arguments are passed to vitest.
import { turboFilters } from "./left-out.ts";
import { runSuite } from "./run-suite.ts";

await runSuite(
  "site",
  [
    ["find chromium", "node", ["scripts/find-servers.ts"]],
    [
      "build the connectry command",
      "turbo",
      ["run", "build", "--filter=@connectry/codegen", "--output-logs=errors-only"],
    ],
    ["pull the pinned documents", "connectry", ["pull", "--record"]],
    [
      "generate and build",
      "turbo",
      (leftOut) => ["run", "generate", "build", "--output-logs=errors-only", ...turboFilters(leftOut)],
    ],
    ["build the site", "node", ["docs/site.ts"]],
  ],
  ["--mode", "site", ...process.argv.slice(2)],
);
