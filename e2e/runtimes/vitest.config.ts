import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (path: string) => fileURLToPath(new URL(`../../packages/${path}`, import.meta.url));

// The fake providers use the built packages. The programs use packages that are installed from tarballs.
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
