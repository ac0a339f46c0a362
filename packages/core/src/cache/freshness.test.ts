import { describe, expect, test } from "vitest";
import { createEntry } from "../../test/entry.js";
import { shortestMs } from "../../test/shortest.js";
import { parseCacheControl, seconds } from "./cache-control.js";
import { ageMs, allowanceOf, freshMs, isNegative, nothingSaid, staleMs } from "./freshness.js";

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
    expect(seconds(value)).toBe(expected);
  });

  test.each([
    " ".repeat(262_144),
    `a${" ,".repeat(131_072)} `,
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

  test("an asterisk within a name is no asterisk", () => {
    expect(allowanceOf(answer({ vary: "accept, x-*" }), true, false)).toBeDefined();
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
    [{ date, expires: "Thu, 01 Jan 2026 00:01:00 GMT", age: "20" }, 40_000],
    [{ date, expires: "Thu, 01 Jan 2026 00:01:00 GMT", age: "x" }, 60_000],
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

describe("how long an entry may be given", () => {
  const wish = {
    ttlMs: undefined,
    staleWhileRevalidateMs: undefined,
    staleIfErrorMs: undefined,
    negativeTtlMs: 0,
    tags: [],
  };
  const said = { ...nothingSaid, freshMs: 10, staleWhileRevalidateMs: 20, staleIfErrorMs: 30 };

  test.each([
    ["as the call says, where it does", {}, { ttlMs: 100 }, 100],
    ["not at all, where it says so", {}, { ttlMs: 0 }, 0],
    ["as the answer says, where the call does not", {}, {}, 10],
    ["not at all, where it must be asked about", { allowance: { ...said, noCache: true } }, { ttlMs: 100 }, 0],
    ["a 404 as the call says of those", { status: 404 }, { ttlMs: 100, negativeTtlMs: 5 }, 5],
    ["a 410 as the call says of those", { status: 410 }, { ttlMs: 100 }, 0],
  ])("fresh: %s", (_, parts, asked, expected) => {
    expect(freshMs(createEntry({ allowance: said, ...parts }), { ...wish, ...asked })).toBe(expected);
  });

  const patient = { staleWhileRevalidateMs: 200, staleIfErrorMs: 300 };
  test.each([
    ["as the call says, where it does", {}, patient, [200, 300]],
    ["not at all, where it says so", {}, { staleWhileRevalidateMs: 0, staleIfErrorMs: 0 }, [0, 0]],
    ["as the answer says, where the call does not", {}, {}, [20, 30]],
    ["not at all, where it must be asked about", { allowance: { ...said, noCache: true } }, patient, [0, 0]],
    ["not at all, where it must be revalidated", { allowance: { ...said, mustRevalidate: true } }, patient, [0, 0]],
    ["a 404 not at all", { status: 404 }, patient, [0, 0]],
    ["a 410 as others, where it may be fresh", { status: 410 }, { ...patient, negativeTtlMs: 1 }, [200, 300]],
  ])("stale: %s", (_, parts, asked, expected) => {
    const entry = createEntry({ allowance: said, ...parts });
    const why = ["staleWhileRevalidateMs", "staleIfErrorMs"] as const;
    expect(why.map((name) => staleMs(entry, { ...wish, ...asked }, name))).toEqual(expected);
  });

  test("only a 404 and a 410 say that something is not there", () => {
    expect([200, 204, 400, 403, 404, 405, 409, 410, 411].filter(isNegative)).toEqual([404, 410]);
  });

  test("an entry of the future is new", () => {
    const entry = createEntry({ validatedAtMs: 1_000 });
    expect([ageMs(entry, 1_500), ageMs(entry, 1_000), ageMs(entry, 500)]).toEqual([500, 0, 0]);
  });
});
