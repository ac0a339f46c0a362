import { describe, expect, test } from "vitest";
import { acme } from "../../../test/acme.js";
import { createCall } from "../../../test/call.js";
import { isReusable, resolveCallCacheOptions } from "./call-cache-options.js";

function options(cache: unknown) {
  const { operation, settings } = createCall({ settings: { cache: cache as never } });
  return resolveCallCacheOptions(operation, settings, { provider: "acme", tenant: "t1" });
}

const defaults = {
  ttlMs: undefined,
  staleWhileRevalidateMs: undefined,
  staleIfErrorMs: undefined,
  negativeTtlMs: 0,
  tags: ["acme operation GET /things", "acme operation GET /things of t1"],
};

const all = ["acme operation GET /things", "acme tag a", "acme tag b"];

describe("the options of a call", () => {
  test.each<[unknown, object | undefined]>([
    [undefined, defaults],
    [{}, defaults],
    [false, undefined],
    [{ ttlMs: undefined, tags: undefined, negativeTtlMs: undefined }, defaults],
    [
      { ttlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0, negativeTtlMs: 0 },
      { ...defaults, ttlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 },
    ],
    [{ ttlMs: Infinity }, { ...defaults, ttlMs: Infinity }],
    [{ tags: [] }, defaults],
    [
      { tags: ["a", "b"] },
      {
        ...defaults,
        tags: [...all, ...all.map((tag) => `${tag} of t1`)],
      },
    ],
  ])("%j are resolved", (cache, expected) => {
    expect(options(cache)).toEqual(expected);
  });
});

test.each([
  [{}, {}, false],
  [{ ttlMs: 0 }, {}, false],
  [{ ttlMs: 0 }, { negativeTtlMs: 1 }, false],
  [{ ttlMs: 1 }, {}, true],
  [{}, { negativeTtlMs: 1 }, true],
] as const)("R25: the response to a call with the options %j and %j is reusable: %j", (times, negative, expected) => {
  const requested = options({ ...times, ...negative });
  expect(requested && isReusable(requested, acme)).toBe(expected);
  expect(requested && isReusable(requested, { ...acme, cacheControl: "trusted" })).toBe(true);
});
