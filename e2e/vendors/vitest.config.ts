import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (path: string) => fileURLToPath(new URL(`../../packages/core/dist/${path}`, import.meta.url));

export default defineConfig({
  root: import.meta.dirname,
  // As they are published.
  resolve: {
    alias: [
      { find: "@connectry/core/webhooks", replacement: built("webhooks/index.js") },
      { find: "@connectry/core/jose", replacement: built("jose/index.js") },
    ],
  },
  test: { name: "e2e-vendors", include: ["src/**/*.test.ts"], testTimeout: 120_000 },
});
