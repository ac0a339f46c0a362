import { expect, test } from "vitest";
import { STRATEGY_NAMES } from "../../packages/codegen/src/generate/write/write-strategies.ts";
import * as core from "../../packages/core/src/index.ts";

type Profile = Parameters<typeof core.allStrategies>[0];

/** Every function that some profile is given. */
function strategiesOfCore(): Set<unknown> {
  const kinds = ["bearer", "basic", "header", "query"] as const;
  const profiles = kinds.flatMap((kind) =>
    [undefined, { limit: "limit", remaining: "remaining" }].map(
      (rateLimitHeaders) => ({ auth: { kind }, dates: "unix-seconds", rateLimitHeaders }) as unknown as Profile,
    ),
  );
  const parts = profiles.flatMap((profile) => Object.values(core.allStrategies(profile)));
  return new Set(parts.flatMap((part) => (typeof part === "function" ? [part] : Object.values(part))));
}

test("the generator knows every strategy of core by its name, and no other", () => {
  const byName = new Map<string, unknown>(Object.entries(core));
  expect(new Set(STRATEGY_NAMES.map((name) => byName.get(name)))).toEqual(strategiesOfCore());
});
