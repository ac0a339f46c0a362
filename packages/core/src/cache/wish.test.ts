import { describe, expect, test } from "vitest";
import { acme } from "../../test/acme.js";
import { createCall } from "../../test/call.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { isReusable, wishOf } from "./wish.js";

function wish(cache: unknown) {
  const { operation, settings } = createCall({ settings: { cache: cache as never } });
  return wishOf(operation, settings, "acme");
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
    expect(wish(cache)).toEqual(expected);
  });

  test.each([
    [true, "GET /things: cache is an object of options, or false."],
    ["yes", "GET /things: cache is an object of options, or false."],
    [5, "GET /things: cache is an object of options, or false."],
    [{ tags: [1] }, "GET /things: cache.tags must be a list of strings."],
    [{ tags: ["a", 1] }, "GET /things: cache.tags must be a list of strings."],
    [{ tags: null }, "GET /things: cache.tags must be a list of strings."],
    [{ ttlMs: Number.NaN }, "GET /things: cache.ttlMs must be a number of milliseconds, 0 or more."],
    [{ ttlMs: null }, "GET /things: cache.ttlMs must be a number of milliseconds, 0 or more."],
    [
      { ttl: 1 },
      "GET /things: there is no option `cache.ttl`. Known: ttlMs, staleWhileRevalidateMs, staleIfErrorMs, negativeTtlMs, tags.",
    ],
  ])("%j is a ConfigurationError", (cache, message) => {
    expect(() => wish(cache)).toThrow(new ConfigurationError(message));
    expect(() => wish(cache)).toThrow(ConfigurationError);
  });
});

test.each([
  [{}, {}, false],
  [{ ttlMs: 0 }, {}, false],
  [{ ttlMs: 0 }, { negativeTtlMs: 1 }, false],
  [{ ttlMs: 1 }, {}, true],
  [{}, { negativeTtlMs: 1 }, true],
] as const)("R25: who asks each time gains nothing from another's answer: %j %j", (times, negative, expected) => {
  const asked = wish({ ...times, ...negative });
  expect(asked && isReusable(asked, acme)).toBe(expected);
  expect(asked && isReusable(asked, { ...acme, cacheControl: "trusted" })).toBe(true);
});
