import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (path: string) => fileURLToPath(new URL(`../packages/${path}/dist/index.js`, import.meta.url));

// The providers' side: built as it is published. The programs' side is installed from tarballs.
const alias = {
  "@connectry/codegen": built("codegen"),
  "@connectry/testing": built("testing"),
  "@connectry/github": built("connectors/github"),
  "@connectry/slack": built("connectors/slack"),
  "@connectry/stripe": built("connectors/stripe"),
};

export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias },
  test: { name: "runtimes", include: ["src/**/*.test.ts"] },
});
