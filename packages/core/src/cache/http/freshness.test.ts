import { describe, expect, test } from "vitest";
import { parseCacheControl, parseSeconds } from "./cache-control.js";
import { noDirectives, readFreshnessLifetime } from "./freshness.js";

const headersOf = (headers: Record<string, string>) => new Headers(headers);

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
    ["max-age=60,,", { "max-age": "60" }],
    ["max-age=60 , , , ", { "max-age": "60" }],
    ["          max-age=60, no-store", { "max-age": "60", "no-store": undefined }],
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
    [undefined, 0],
    ["", 0],
    ["60", 60],
    ["0060", 60],
    ["-1", 0],
    ["1.5", 0],
    ["60s", 0],
    ["s60", 0],
    ["99999999999999999999", 2 ** 31],
  ])("%j is %d seconds", (value, expected) => {
    expect(parseSeconds(value)).toBe(expected);
  });

  test.each([
    ["blanks", " ".repeat(262_144), {}],
    ["a directive and commas", `a${" ,".repeat(131_072)} `, { a: undefined }],
    ["quotes", '"'.repeat(262_144), undefined],
    ["a string without an end", `a="${"\\".repeat(262_144)}`, undefined],
    ["one directive", "a=b,".repeat(65_536), { a: "b" }],
    ["blanks between two names", `a${" ".repeat(262_144)}b`, undefined],
  ])("R46: a quarter of a megabyte of %s is read, or is malformed", (_, header, directives) => {
    const read = parseCacheControl(header);
    expect(read && Object.fromEntries(read)).toEqual(directives);
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
  ])("nothing of a response with %j, whether its provider is trusted or not", (headers) => {
    expect(readFreshnessLifetime(headersOf(headers), { isTrusted: true, isExplicit: true })).toBeUndefined();
    expect(readFreshnessLifetime(headersOf(headers), { isTrusted: true, isExplicit: false })).toBeUndefined();
    expect(readFreshnessLifetime(headersOf(headers), { isTrusted: false, isExplicit: false })).toBeUndefined();
  });

  test("a call that says how old a response it takes is not told by an API that sends no-store with everything", () => {
    expect(
      readFreshnessLifetime(headersOf({ "cache-control": "no-store" }), { isTrusted: false, isExplicit: true }),
    ).toBe(noDirectives);
    expect(readFreshnessLifetime(headersOf({ vary: "*" }), { isTrusted: false, isExplicit: true })).toBeUndefined();
  });

  test("an asterisk within a name is not an asterisk", () => {
    expect(
      readFreshnessLifetime(headersOf({ vary: "accept, x-*" }), { isTrusted: true, isExplicit: false }),
    ).toBeDefined();
  });

  test("a response of a provider that is not trusted gives no time", () => {
    expect(
      readFreshnessLifetime(headersOf({ "cache-control": "max-age=60" }), { isTrusted: false, isExplicit: false }),
    ).toBe(noDirectives);
  });
});

describe("how long a response of a trusted provider is fresh", () => {
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
    [{ date, expires: "Thu, 01 Jan 2026 00:01:00 GMT", age: "20" }, 40_000],
    [{ date, expires: "Thu, 01 Jan 2026 00:01:00 GMT", age: "x" }, 60_000],
    [{ date, expires: "0" }, 0],
    [{ expires: "Thu, 01 Jan 2026 00:01:00 GMT" }, 0],
    [{ date, expires: "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    [{}, 0],
  ])("%j: %d ms", (headers, freshMs) => {
    expect(
      readFreshnessLifetime(headersOf(headers as Record<string, string>), { isTrusted: true, isExplicit: false }),
    ).toMatchObject({ freshMs });
  });

  test("and how long it may be stale, by RFC 5861", () => {
    const headers = { "cache-control": "max-age=1, stale-while-revalidate=30, stale-if-error=600, must-revalidate" };
    expect(readFreshnessLifetime(headersOf(headers), { isTrusted: true, isExplicit: false })).toEqual({
      freshMs: 1_000,
      staleWhileRevalidateMs: 30_000,
      staleIfErrorMs: 600_000,
      noCache: false,
      mustRevalidate: true,
    });
    expect(
      readFreshnessLifetime(headersOf({ "cache-control": "no-cache, max-age=60" }), {
        isTrusted: true,
        isExplicit: false,
      }),
    ).toMatchObject({
      noCache: true,
    });
  });
});
