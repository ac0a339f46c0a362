import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (path: string) => fileURLToPath(new URL(`../../packages/${path}`, import.meta.url));

// The providers' side: built as it is published. The programs' side is installed from tarballs.
const alias = [
  { find: /^@connectry\/(codegen|testing)$/, replacement: built("$1/dist/index.js") },
  { find: "@connectry/core/webhooks", replacement: built("core/dist/webhooks/index.js") },
  { find: /^@connectry\/(\w+)\/webhooks$/, replacement: built("connectors/$1/dist/webhooks.js") },
  { find: /^@connectry\/(github|slack|stripe)$/, replacement: built("connectors/$1/dist/index.js") },
];

export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias },
  test: { name: "e2e-runtimes", include: ["src/**/*.test.ts"] },
});
