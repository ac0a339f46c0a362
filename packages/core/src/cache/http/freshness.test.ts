import { describe, expect, test } from "vitest";
import { noDirectives, readFreshnessLifetime } from "./freshness.js";

const headersOf = (headers: Record<string, string>) => new Headers(headers);

describe("R29: readFreshnessLifetime", () => {
  test.each([
    [{ "cache-control": "no-store" }],
    [{ "cache-control": "max-age=60, no-store" }],
    [{ "cache-control": 'private="x-a' }],
    [{ "cache-control": "no-cache=" }],
    [{ vary: "*" }],
    [{ vary: "accept, *" }],
  ])("forbids storing a response with %j, whether its provider is trusted or not", (headers) => {
    expect(readFreshnessLifetime(headersOf(headers), { isTrusted: true, isExplicit: true })).toBeUndefined();
    expect(readFreshnessLifetime(headersOf(headers), { isTrusted: true, isExplicit: false })).toBeUndefined();
    expect(readFreshnessLifetime(headersOf(headers), { isTrusted: false, isExplicit: false })).toBeUndefined();
  });

  test("ignores no-store of a provider that is not trusted where the call has a ttlMs, but not `Vary: *`", () => {
    expect(
      readFreshnessLifetime(headersOf({ "cache-control": "no-store" }), { isTrusted: false, isExplicit: true }),
    ).toBe(noDirectives);
    expect(readFreshnessLifetime(headersOf({ vary: "*" }), { isTrusted: false, isExplicit: true })).toBeUndefined();
  });

  test("allows storing where an asterisk in Vary is a part of a name", () => {
    expect(
      readFreshnessLifetime(headersOf({ vary: "accept, x-*" }), { isTrusted: true, isExplicit: false }),
    ).toBeDefined();
  });

  test("ignores max-age of a provider that is not trusted", () => {
    expect(
      readFreshnessLifetime(headersOf({ "cache-control": "max-age=60" }), { isTrusted: false, isExplicit: false }),
    ).toBe(noDirectives);
  });
});

describe("the lifetime of a response of a trusted provider", () => {
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
  ])("with the headers %j is %d ms", (headers, freshMs) => {
    expect(
      readFreshnessLifetime(headersOf(headers as Record<string, string>), { isTrusted: true, isExplicit: false }),
    ).toMatchObject({ freshMs });
  });

  test("contains the directives of RFC 5861 for stale responses, no-cache and must-revalidate", () => {
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
