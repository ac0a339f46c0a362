import { expect, test } from "vitest";
import { STRATEGY_NAMES } from "../../packages/codegen/src/generate/write/write-strategies.ts";
import { allStrategies } from "../../packages/core/src/index.ts";
import * as internal from "../../packages/core/src/internal/index.ts";

type Profile = Parameters<typeof allStrategies>[0];

/** All strategies that any profile uses. */
function strategiesOfCore(): Set<unknown> {
  const kinds = ["bearer", "basic", "header", "query", "parts"].map((kind) => ({ kind }));
  const profiles = [...kinds, { kind: "header", accounts: "bearer" }].flatMap((auth) =>
    [undefined, { limit: "limit", remaining: "remaining" }].map(
      (rateLimitHeaders) =>
        ({
          auth,
          dates: "unix-seconds",
          int64: "bigint",
          rateLimitHeaders,
          variables: {},
          environments: {},
          envelope: {},
          ...(rateLimitHeaders && { idempotency: { field: "key", methods: [] } }),
        }) as unknown as Profile,
    ),
  );
  const parts = profiles.flatMap((profile) => Object.values(allStrategies(profile)));
  return new Set(parts.flatMap((part) => (typeof part === "function" ? [part] : Object.values(part))));
}

test("the generator knows the name of every strategy of core, and no other name", () => {
  const byName = new Map<string, unknown>(Object.entries(internal));
  // What a connector needs whose quotas have no durations or dates; a list of all strategies has `textQuotas`, which reads them, too.
  byName.delete("namedQuotas");
  // What a connector needs whose credential is not in bodies; a list of all strategies has `bodyPartsAuth`, which puts it anywhere.
  byName.delete("partsAuth");
  expect(new Set(STRATEGY_NAMES.flatMap((name) => byName.get(name) ?? []))).toEqual(strategiesOfCore());
});
