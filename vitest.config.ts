import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Tests run against the sources, so that a failure points there; what is published is tested from its tarballs.
const alias = {
  "@connectry/codegen": at("packages/codegen/src/index.ts"),
  "@connectry/core": at("packages/core/src/index.ts"),
  "@connectry/testing": at("packages/testing/src/index.ts"),
};

const project = (name: string, root: string) => ({
  resolve: { alias },
  test: { name, root: at(root), include: ["**/*.test.ts"] },
});

export default defineConfig({
  test: {
    projects: [
      project("core", "packages/core/src"),
      project("codegen", "packages/codegen/src"),
      project("testing", "packages/testing/src"),
      project("stripe", "packages/connectors/stripe/src"),
      project("repository", "scripts"),
    ],
  },
});
