import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: "e2e-release",
    include: ["src/**/*.test.ts"],
    globalSetup: "src/release.ts",
    // They look at one release, and some of them release more.
    fileParallelism: false,
    testTimeout: 60_000,
  },
});
