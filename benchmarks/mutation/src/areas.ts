/** A part of core that must not change unnoticed, and the tests that are to notice. Globs below `packages/core/src`. */
export interface Area {
  readonly name: string;
  readonly code: readonly string[];
  readonly tests: readonly string[];
}

/** The parts that a mistake in would cost most: what requirement R50 names. */
export const areas: readonly Area[] = [
  { name: "retry", code: ["retry/*.ts", "policies/retry.ts"], tests: ["retry/*.test.ts", "policies/*.test.ts"] },
  {
    name: "rate-limit",
    code: ["rate-limit/*.ts", "policies/rate-limit.ts"],
    tests: ["rate-limit/*.test.ts", "policies/*.test.ts"],
  },
  { name: "cache", code: ["cache/*.ts"], tests: ["cache/*.test.ts"] },
  { name: "webhooks", code: ["webhooks/**/*.ts"], tests: ["webhooks/**/*.test.ts"] },
  {
    name: "url",
    code: ["connector/base-url.ts", "connector/serialise-path.ts", "platform/origin.ts", "transport/redirects.ts"],
    tests: [
      "connector/base-url.test.ts",
      "connector/serialise-path.test.ts",
      "transport/redirects.test.ts",
      "pagination/*.test.ts",
    ],
  },
];
