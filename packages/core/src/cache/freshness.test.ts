import { describe, expect, test } from "vitest";
import { shortestMs } from "../../test/shortest.js";
import { parseCacheControl } from "./cache-control.js";
import { allowanceOf, nothingSaid } from "./freshness.js";

const answer = (headers: Record<string, string>) => ({ headers: new Headers(headers) });

describe("R29: Cache-Control", () => {
  test.each([
    [null, {}],
    ["", {}],
    ["no-store", { "no-store": undefined }],
    ["No-Store", { "no-store": undefined }],
    ["max-age=60, private", { "max-age": "60", private: undefined }],
    [" , max-age=60 ,, must-revalidate , ", { "max-age": "60", "must-revalidate": undefined }],
    ['private="set-cookie, x-a", max-age="5"', { private: "set-cookie, x-a", "max-age": "5" }],
    ['ext="a \\" no-store"', { ext: 'a " no-store' }],
    ["max-age = 60", { "max-age": "60" }],
    ["max-age=60, max-age=5", { "max-age": "5" }],
    ["max-age=5, max-age=60", { "max-age": "5" }],
  ])("%j is read", (header, directives) => {
    expect(Object.fromEntries(parseCacheControl(header) ?? [["malformed", "yes"]])).toEqual(directives);
  });

  test.each(['private="x-a', "no-cache=", "max-age=60; private", "=5", 'no-cache="a"b', "private no-store", "@"])(
    "%j is malformed",
    (header) => {
      expect(parseCacheControl(header)).toBeUndefined();
    },
  );

  test.each([
    " ".repeat(262_144),
    '"'.repeat(262_144),
    `a="${"\\".repeat(262_144)}`,
    "a=b,".repeat(65_536),
    `a${" ".repeat(262_144)}b`,
  ])("R46: a quarter of a megabyte is read in time", (header) => {
    expect(shortestMs(() => parseCacheControl(header))).toBeLessThanOrEqual(25);
  });
});

describe("R29: what may be stored", () => {
  test.each([
    [{ "cache-control": "no-store" }],
    [{ "cache-control": "max-age=60, no-store" }],
    [{ "cache-control": 'private="x-a' }],
    [{ "cache-control": "no-cache=" }],
    [{ vary: "*" }],
    [{ vary: "accept, *" }],
  ])("nothing of an answer with %j, whether its provider is trusted or not", (headers) => {
    expect(allowanceOf(answer(headers), true, true)).toBeUndefined();
    expect(allowanceOf(answer(headers), true, false)).toBeUndefined();
    expect(allowanceOf(answer(headers), false, false)).toBeUndefined();
  });

  test("a call that says how old an answer it takes is not told by an API that sends no-store with everything", () => {
    expect(allowanceOf(answer({ "cache-control": "no-store" }), false, true)).toBe(nothingSaid);
    expect(allowanceOf(answer({ vary: "*" }), false, true)).toBeUndefined();
  });

  test("an answer of a provider that is not trusted gives no time", () => {
    expect(allowanceOf(answer({ "cache-control": "max-age=60" }), false, false)).toBe(nothingSaid);
  });
});

describe("how long an answer of a trusted provider is fresh", () => {
  const date = "Thu, 01 Jan 2026 00:00:00 GMT";
  test.each([
    [{ "cache-control": "max-age=60" }, 60_000],
    [{ "cache-control": "max-age=60", age: "20" }, 40_000],
    [{ "cache-control": "max-age=60", age: "90" }, 0],
    [{ "cache-control": "private, max-age=60, s-maxage=5" }, 60_000],
    [{ "cache-control": "max-age=-1" }, 0],
    [{ "cache-control": "max-age=x" }, 0],
    [{ "cache-control": "max-age=99999999999999999999" }, 2 ** 31 * 1_000],
    [{ date, expires: "Thu, 01 Jan 2026 00:01:00 GMT" }, 60_000],
    [{ date, expires: "Thu, 01 Jan 2026 00:01:00 GMT", "cache-control": "max-age=5" }, 5_000],
    [{ date, expires: "0" }, 0],
    [{ expires: "Thu, 01 Jan 2026 00:01:00 GMT" }, 0],
    [{ date, expires: "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    [{}, 0],
  ])("%j: %d ms", (headers, freshMs) => {
    expect(allowanceOf(answer(headers as Record<string, string>), true, false)).toMatchObject({ freshMs });
  });

  test("and how long it may be stale, by RFC 5861", () => {
    const headers = { "cache-control": "max-age=1, stale-while-revalidate=30, stale-if-error=600, must-revalidate" };
    expect(allowanceOf(answer(headers), true, false)).toEqual({
      freshMs: 1_000,
      staleWhileRevalidateMs: 30_000,
      staleIfErrorMs: 600_000,
      noCache: false,
      mustRevalidate: true,
    });
    expect(allowanceOf(answer({ "cache-control": "no-cache, max-age=60" }), true, false)).toMatchObject({
      noCache: true,
    });
  });
});
