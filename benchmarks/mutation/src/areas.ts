/** A part of core that must not change unnoticed, and the tests that should notice. Globs are relative to `packages/core`. */
export interface Area {
  readonly name: string;
  readonly code: readonly string[];
  readonly tests: readonly string[];
}

/** The parts in which a mistake would cost most: those that requirement R50 names. */
export const areas: readonly Area[] = [
  {
    name: "retry",
    code: ["src/retry/*.ts", "src/policies/retry.ts"],
    tests: ["src/retry/*.test.ts", "src/policies/*.test.ts"],
  },
  {
    name: "rate-limit",
    code: ["src/rate-limit/*.ts", "src/policies/rate-limit.ts"],
    tests: ["src/rate-limit/*.test.ts", "src/policies/*.test.ts"],
  },
  {
    name: "cache",
    code: ["src/cache/**/*.ts", "src/redis/redis-cache-store.ts"],
    tests: ["src/cache/**/*.test.ts", "src/redis/redis-cache-store*.test.ts", "test/integration/cache/*.test.ts"],
  },
  {
    name: "webhooks",
    code: ["src/webhooks/**/*.ts"],
    tests: ["src/webhooks/**/*.test.ts", "test/integration/webhooks/*.test.ts"],
  },
  {
    name: "url",
    code: [
      "src/client/base-url.ts",
      "src/serialization/serialize-path.ts",
      "src/platform/origin.ts",
      "src/transport/redirects.ts",
    ],
    tests: [
      "src/client/base-url.test.ts",
      "src/serialization/serialize-path.test.ts",
      "src/transport/redirects.test.ts",
      "src/pagination/*.test.ts",
    ],
  },
];
