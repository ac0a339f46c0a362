import { describe, expect, test } from "vitest";
import { acme } from "../../../test/acme.js";
import { createCall } from "../../../test/call.js";
import { isReusable, resolveCallCacheOptions } from "./call-cache-options.js";

function options(cache: unknown) {
  const { operation, settings } = createCall({ settings: { cache: cache as never } });
  return resolveCallCacheOptions(operation, settings, "acme");
}

const nothing = {
  ttlMs: undefined,
  staleWhileRevalidateMs: undefined,
  staleIfErrorMs: undefined,
  negativeTtlMs: 0,
  tags: ["acme operation GET /things"],
};

describe("what a call asks for", () => {
  test.each<[unknown, object | undefined]>([
    [undefined, nothing],
    [{}, nothing],
    [false, undefined],
    [{ ttlMs: undefined, tags: undefined, negativeTtlMs: undefined }, nothing],
    [
      { ttlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0, negativeTtlMs: 0 },
      { ...nothing, ttlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 },
    ],
    [{ ttlMs: Infinity }, { ...nothing, ttlMs: Infinity }],
    [{ tags: [] }, nothing],
    [{ tags: ["a", "b"] }, { ...nothing, tags: [...nothing.tags, "acme tag a", "acme tag b"] }],
  ])("%j is read", (cache, expected) => {
    expect(options(cache)).toEqual(expected);
  });
});

test.each([
  [{}, {}, false],
  [{ ttlMs: 0 }, {}, false],
  [{ ttlMs: 0 }, { negativeTtlMs: 1 }, false],
  [{ ttlMs: 1 }, {}, true],
  [{}, { negativeTtlMs: 1 }, true],
] as const)("R25: who asks each time gains nothing from another's response: %j %j", (times, negative, expected) => {
  const requested = options({ ...times, ...negative });
  expect(requested && isReusable(requested, acme)).toBe(expected);
  expect(requested && isReusable(requested, { ...acme, cacheControl: "trusted" })).toBe(true);
});
