import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: "e2e-release",
    include: ["src/**/*.test.ts"],
    globalSetup: "src/release.ts",
    // All files test one release, and some of them make further ones.
    fileParallelism: false,
    testTimeout: 60_000,
  },
});
