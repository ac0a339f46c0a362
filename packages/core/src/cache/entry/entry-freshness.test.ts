import { describe, expect, test } from "vitest";
import { createEntry } from "../../../test/entry.js";
import { noDirectives } from "../http/freshness.js";
import type { CallCacheOptions } from "../request/call-cache-options.js";
import type { CacheEntry } from "./entry.js";
import { ageMs, freshMs, isNegative, staleMs } from "./entry-freshness.js";

type Parts = Partial<Pick<CacheEntry, "status" | "lifetime">>;
type FreshCase = [title: string, entry: Parts, options: Partial<CallCacheOptions>, expected: number];
type StaleCase = [title: string, entry: Parts, options: Partial<CallCacheOptions>, expected: number[]];

describe("the freshness of an entry", () => {
  const options = {
    ttlMs: undefined,
    staleWhileRevalidateMs: undefined,
    staleIfErrorMs: undefined,
    negativeTtlMs: 0,
    tags: [],
  };
  const lifetime = { ...noDirectives, freshMs: 10, staleWhileRevalidateMs: 20, staleIfErrorMs: 30 };

  test.each<FreshCase>([
    ["ttlMs of the call takes precedence over the lifetime of the response", {}, { ttlMs: 100 }, 100],
    ["with ttlMs 0 an entry is never fresh", {}, { ttlMs: 0 }, 0],
    ["without ttlMs the lifetime of the response applies", {}, {}, 10],
    ["a response with no-cache is never fresh", { lifetime: { ...lifetime, noCache: true } }, { ttlMs: 100 }, 0],
    ["a 404 is fresh for negativeTtlMs, and not for ttlMs", { status: 404 }, { ttlMs: 100, negativeTtlMs: 5 }, 5],
    ["a 410 is never fresh with negativeTtlMs 0", { status: 410 }, { ttlMs: 100 }, 0],
  ])("freshMs: %s", (_, ...[parts, requested, expected]) => {
    expect(freshMs(createEntry({ lifetime, ...parts }), { ...options, ...requested })).toBe(expected);
  });

  const staleOptions = { staleWhileRevalidateMs: 200, staleIfErrorMs: 300 };
  test.each<StaleCase>([
    ["the options of the call take precedence over the lifetime of the response", {}, staleOptions, [200, 300]],
    ["with options of 0 a stale entry is never used", {}, { staleWhileRevalidateMs: 0, staleIfErrorMs: 0 }, [0, 0]],
    ["without options the lifetime of the response applies", {}, {}, [20, 30]],
    [
      "a response with no-cache is never used stale",
      { lifetime: { ...lifetime, noCache: true } },
      staleOptions,
      [0, 0],
    ],
    [
      "a response with must-revalidate is never used stale",
      { lifetime: { ...lifetime, mustRevalidate: true } },
      staleOptions,
      [0, 0],
    ],
    ["a 404 is never used stale with negativeTtlMs 0", { status: 404 }, staleOptions, [0, 0]],
    [
      "a 410 with negativeTtlMs is used stale like other responses",
      { status: 410 },
      { ...staleOptions, negativeTtlMs: 1 },
      [200, 300],
    ],
  ])("staleMs: %s", (_, ...[parts, requested, expected]) => {
    const entry = createEntry({ lifetime, ...parts });
    const reasons = ["staleWhileRevalidateMs", "staleIfErrorMs"] as const;
    expect(reasons.map((reason) => staleMs(entry, { ...options, ...requested }, reason))).toEqual(expected);
  });

  test("isNegative is true for the statuses 404 and 410 only", () => {
    expect([200, 204, 400, 403, 404, 405, 409, 410, 411].filter(isNegative)).toEqual([404, 410]);
  });

  test("the age of an entry that was validated after the present time is 0", () => {
    const entry = createEntry({ validatedAtMs: 1_000 });
    expect([ageMs(entry, 1_500), ageMs(entry, 1_000), ageMs(entry, 500)]).toEqual([500, 0, 0]);
  });
});
