import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import type { Area } from "./areas.ts";
import type { Mutant } from "./score.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Changes the code of an area in one place after another, and runs the tests that reach it each time. */
export async function mutate(area: Area): Promise<readonly Mutant[]> {
  process.chdir(at("../../../packages/core"));
  process.env.CONNECTRY_MUTATION_TESTS = area.tests.join();
  const stryker = new Stryker({
    mutate: [...area.code, "!src/**/*.test.ts"],
    testRunner: "vitest",
    plugins: [fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner"))],
    vitest: { configFile: at("../vitest.config.ts"), related: false },
    coverageAnalysis: "perTest",
    reporters: ["progress-append-only"],
    cleanTempDir: "always",
    // The copy is below packages/core, whose own tsconfig.json applies to it; TypeScript 7 lacks the API with which Stryker
    // would read another one.
    ignorePatterns: ["dist", ".turbo", "tsconfig*.json"],
    tsconfigFile: "none.json",
    timeoutMS: 5_000,
  });
  return stryker.runMutationTest();
}
