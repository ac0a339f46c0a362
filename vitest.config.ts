import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Tests run against the sources, so that a failure points there; what is published is tested from its tarballs.
const alias = [
  { find: "@connectry/codegen", replacement: at("packages/codegen/src/index.ts") },
  { find: "@connectry/testing", replacement: at("packages/testing/src/index.ts") },
  { find: /^@connectry\/core$/, replacement: at("packages/core/src/index.ts") },
  { find: /^@connectry\/core\/(\w+)$/, replacement: at("packages/core/src/$1/index.ts") },
];

const project = (name: string, root: string, options: TestProjectInlineConfiguration["test"] = {}) => ({
  resolve: { alias },
  test: { name, root: at(root), include: ["**/*.test.ts"], ...options },
});

// The core's deadlines and aborts are measured in milliseconds, so its files run one by one, when the others are done.
const alone = { sequence: { groupOrder: 1 }, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      project("core", "packages/core/src", alone),
      project("codegen", "packages/codegen/src"),
      project("testing", "packages/testing/src"),
      project("twilio", "packages/connectors/twilio/src"),
      project("slack", "packages/connectors/slack/src"),
      project("hubspot", "packages/connectors/hubspot/src"),
      project("github", "packages/connectors/github/src"),
      project("stripe", "packages/connectors/stripe/src"),
      project("repository", "scripts"),
    ],
  },
});
