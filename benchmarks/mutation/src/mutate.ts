import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import type { Area } from "./areas.ts";
import type { Mutant } from "./score.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Changes the code of an area in one place after another, and has its tests run each time, as far as they reach it. */
export async function mutate(area: Area): Promise<readonly Mutant[]> {
  process.chdir(at("../../../packages/core"));
  process.env.CONNECTRY_MUTATION_TESTS = area.tests.join();
  const stryker = new Stryker({
    mutate: [...area.code.map((glob) => `src/${glob}`), "!src/**/*.test.ts"],
    testRunner: "vitest",
    plugins: [fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner"))],
    vitest: { configFile: at("../vitest.config.ts"), related: false },
    coverageAnalysis: "perTest",
    reporters: ["progress-append-only"],
    cleanTempDir: "always",
    // The copy lies below packages/core, whose own tsconfig.json holds for it; TypeScript 7 has none of the API that Stryker
    // would read another one with.
    ignorePatterns: ["dist", ".turbo", "tsconfig*.json"],
    tsconfigFile: "none.json",
    timeoutMS: 5_000,
  });
  return stryker.runMutationTest();
}
