import { describe, expect, test } from "vitest";
import { createEntry } from "../../../test/entry.js";
import { noDirectives } from "../http/freshness.js";
import type { CallCacheOptions } from "../request/call-cache-options.js";
import type { CacheEntry } from "./entry.js";
import { ageMs, freshMs, isNegative, staleMs } from "./entry-freshness.js";

type Parts = Partial<Pick<CacheEntry, "status" | "lifetime">>;
type FreshCase = [title: string, entry: Parts, options: Partial<CallCacheOptions>, expected: number];
type StaleCase = [title: string, entry: Parts, options: Partial<CallCacheOptions>, expected: number[]];

describe("how long an entry may be given", () => {
  const options = {
    ttlMs: undefined,
    staleWhileRevalidateMs: undefined,
    staleIfErrorMs: undefined,
    negativeTtlMs: 0,
    tags: [],
  };
  const said = { ...noDirectives, freshMs: 10, staleWhileRevalidateMs: 20, staleIfErrorMs: 30 };

  test.each<FreshCase>([
    ["as the call says, where it does", {}, { ttlMs: 100 }, 100],
    ["not at all, where it says so", {}, { ttlMs: 0 }, 0],
    ["as the response says, where the call does not", {}, {}, 10],
    ["not at all, where it must be asked about", { lifetime: { ...said, noCache: true } }, { ttlMs: 100 }, 0],
    ["a 404 as the call says of those", { status: 404 }, { ttlMs: 100, negativeTtlMs: 5 }, 5],
    ["a 410 as the call says of those", { status: 410 }, { ttlMs: 100 }, 0],
  ])("fresh: %s", (_, ...[parts, requested, expected]) => {
    expect(freshMs(createEntry({ lifetime: said, ...parts }), { ...options, ...requested })).toBe(expected);
  });

  const patient = { staleWhileRevalidateMs: 200, staleIfErrorMs: 300 };
  test.each<StaleCase>([
    ["as the call says, where it does", {}, patient, [200, 300]],
    ["not at all, where it says so", {}, { staleWhileRevalidateMs: 0, staleIfErrorMs: 0 }, [0, 0]],
    ["as the response says, where the call does not", {}, {}, [20, 30]],
    ["not at all, where it must be asked about", { lifetime: { ...said, noCache: true } }, patient, [0, 0]],
    ["not at all, where it must be revalidated", { lifetime: { ...said, mustRevalidate: true } }, patient, [0, 0]],
    ["a 404 not at all", { status: 404 }, patient, [0, 0]],
    ["a 410 as others, where it may be fresh", { status: 410 }, { ...patient, negativeTtlMs: 1 }, [200, 300]],
  ])("stale: %s", (_, ...[parts, requested, expected]) => {
    const entry = createEntry({ lifetime: said, ...parts });
    const why = ["staleWhileRevalidateMs", "staleIfErrorMs"] as const;
    expect(why.map((name) => staleMs(entry, { ...options, ...requested }, name))).toEqual(expected);
  });

  test("only a 404 and a 410 say that something is not there", () => {
    expect([200, 204, 400, 403, 404, 405, 409, 410, 411].filter(isNegative)).toEqual([404, 410]);
  });

  test("an entry of the future is new", () => {
    const entry = createEntry({ validatedAtMs: 1_000 });
    expect([ageMs(entry, 1_500), ageMs(entry, 1_000), ageMs(entry, 500)]).toEqual([500, 0, 0]);
  });
});
