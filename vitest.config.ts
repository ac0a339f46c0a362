import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type ProjectOptions = TestProjectInlineConfiguration["test"] & {
  /** The names of its test files. @default *.test.ts, but for those of chaos and of a browser */
  readonly files?: string;
};

// Tests run against the sources, so that a failure points there; what is published is tested from its tarballs.
const alias = [
  { find: "#default-transport", replacement: at("packages/core/src/transport/node/default-transport.ts") },
  { find: "#upload", replacement: at("packages/core/src/upload/index.ts") },
  // Vite would take its ES modules, and what depends on it has the others: it refuses schemas of another copy of itself.
  { find: /^graphql$/, replacement: createRequire(at("packages/codegen/package.json")).resolve("graphql") },
  { find: "@connectry/bullmq", replacement: at("packages/bullmq/src/index.ts") },
  { find: "@connectry/pg-boss", replacement: at("packages/pg-boss/src/index.ts") },
  { find: "@connectry/rabbitmq", replacement: at("packages/rabbitmq/src/index.ts") },
  { find: "@connectry/codegen", replacement: at("packages/codegen/src/index.ts") },
  { find: /^connectry$/, replacement: at("packages/connectry/src/index.ts") },
  { find: "@connectry/dashboard", replacement: at("packages/dashboard/src/index.ts") },
  { find: /^@connectry\/mcp$/, replacement: at("packages/mcp/src/index.ts") },
  { find: /^@connectry\/mcp\/(\w+)$/, replacement: at("packages/mcp/src/$1/index.ts") },
  { find: /^@connectry\/testing$/, replacement: at("packages/testing/src/index.ts") },
  { find: /^@connectry\/testing\/(\w+)$/, replacement: at("packages/testing/src/$1/index.ts") },
  { find: /^@connectry\/core$/, replacement: at("packages/core/src/index.ts") },
  { find: /^@connectry\/core\/(\w+)$/, replacement: at("packages/core/src/$1/index.ts") },
];

// All have the root of the repository: what is transformed for one is then in vitest's cache on disk for all others.
const project = (name: string, folder: string, options: ProjectOptions = {}) => {
  const { files = "*.test.ts", ...test } = options;
  return {
    resolve: { alias },
    test: {
      name,
      root: at("."),
      include: [`${folder}/**/${files}`],
      exclude: [...configDefaults.exclude, "**/*.chaos.test.ts", "**/*.browser.test.ts", "**/*.site.test.ts"],
      // It ends what hangs. How fast something is, `pnpm test:chaos` and `pnpm bench` measure.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      expect: { poll: { timeout: 60_000, interval: 10 } },
      ...test,
    },
  };
};

// As many as there are processors; vitest leaves one of them idle.
const side = { maxWorkers: "100%" } as const;

// `pnpm test:chaos` says `--mode chaos`: long tests that mostly wait, and those that measure milliseconds; two files at a time.
const chaos = project("chaos", "packages", {
  files: "*.chaos.test.ts",
  exclude: configDefaults.exclude,
  testTimeout: 120_000,
  hookTimeout: 60_000,
  maxWorkers: 2,
});

// `pnpm test:site` says `--mode site`: the built site in Chromium, and the programs of READMEs.
const site = project("site", "docs/test", {
  files: "*.{browser,site}.test.ts",
  exclude: configDefaults.exclude,
  maxWorkers: 1,
});

const connectors = readdirSync(at("packages/connectors")).sort().reverse();
const projects = [
  project("core", "packages/core", side),
  project("bullmq", "packages/bullmq/src", side),
  project("pg-boss", "packages/pg-boss/src", side),
  project("rabbitmq", "packages/rabbitmq/src", side),
  project("dashboard", "packages/dashboard", side),
  project("codegen", "packages/codegen", side),
  project("create-connectry", "packages/create-connectry/src", side),
  // Its tests share no state, and importing the protocol takes longer than most of them.
  project("mcp", "packages/mcp", { ...side, isolate: false }),
  project("testing", "packages/testing", side),
  // In this order: the largest documents, which take longest, come last.
  // Its tests share no state, and a worker for each file would import core, the fake and the generator anew.
  ...connectors.map((name) => project(name, `packages/connectors/${name}/src`, { ...side, isolate: false })),
  project("examples", "examples", side),
  project("docs", "docs", side),
  project("repository", "scripts", side),
];

const byMode: Readonly<Record<string, typeof projects>> = { chaos: [chaos], site: [site] };

export default defineConfig(({ mode }) => ({ test: { projects: byMode[mode] ?? projects } }));
