import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

// Stryker runs this in a copy of packages/core, whose code it has changed.
const core = (path: string) => `${process.cwd()}/${path}`;

export default defineConfig({
  root: core(""),
  resolve: {
    alias: [
      { find: /^@connectry\/core$/, replacement: core("src/index.ts") },
      { find: /^@connectry\/core\/(\w+)$/, replacement: core("src/$1/index.ts") },
      {
        find: "@connectry/testing",
        replacement: fileURLToPath(new URL("../../packages/testing/src/index.ts", import.meta.url)),
      },
    ],
  },
  test: {
    setupFiles: [fileURLToPath(new URL("src/leave-out-timed.ts", import.meta.url))],
    include: (process.env.CONNECTRY_MUTATION_TESTS ?? "").split(","),
    exclude: [...configDefaults.exclude, "**/*.chaos.test.ts"],
  },
});
