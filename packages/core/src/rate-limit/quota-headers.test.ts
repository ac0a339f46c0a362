import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { RateLimitHeaders } from "../provider/profile.js";
import { namedQuota, standardQuota } from "./quota-headers.js";

const nowMs = Date.UTC(2026, 0, 1, 12);
const seconds = nowMs / 1_000;

const trio = (unit: "epoch-seconds" | "seconds" | "milliseconds" | "window-milliseconds"): RateLimitHeaders => ({
  limit: "x-ratelimit-limit",
  remaining: "x-ratelimit-remaining",
  reset: { name: "x-ratelimit-reset", unit },
});

describe("R23: the standard's header RateLimit", () => {
  test.each([
    ['"default";r=50;t=30', { remaining: 50, resetMs: 30_000 }],
    ['"default"; r=50; t=30', { remaining: 50, resetMs: 30_000 }],
    ['"default";t=30;r=0', { remaining: 0, resetMs: 30_000 }],
    // The member with the least left is the one to keep to.
    ['"burst";r=5;t=1, "day";r=900;t=3600', { remaining: 5, resetMs: 1_000 }],
    ['"day";r=2;t=3600, "burst";r=5;t=1', { remaining: 2, resetMs: 3_600_000 }],
    // A quota without a reset time is ignored, however little is left.
    ['"burst";r=1, "day";r=900;t=86400', { remaining: 900, resetMs: 86_400_000 }],
    ['"p";r=50;pk=:dHJpYWwxMjM=:;t=60', { remaining: 50, resetMs: 60_000 }],
  ])("%s", (text, quota) => {
    expect(standardQuota(new Headers({ ratelimit: text }), undefined, nowMs)).toEqual(quota);
  });

  test.each([
    "",
    "default",
    '"default";r=50',
    '"default";t=5',
    '"default";r=-1;t=5',
    '"default";r=1e3;t=x',
    '"default";r=99999999999;t=5',
    '"default";r=0;t=0',
    '"default";r=0;t=99999999',
    "limit=10, remaining=1, reset=7",
  ])("ignores what is not of that form: %s", (text) => {
    expect(standardQuota(new Headers({ ratelimit: text }), undefined, nowMs)).toBeUndefined();
  });
});

describe("R23: the X-RateLimit trio, in the provider's own unit", () => {
  test.each([
    ["epoch-seconds", String(seconds + 90), 90_000],
    ["seconds", "0.25", 250],
    ["milliseconds", "1500", 1_500],
    ["window-milliseconds", "10000", 10_000],
  ] as const)("%s: %s", (unit, reset, resetMs) => {
    const headers = new Headers({ "x-ratelimit-remaining": "7", "x-ratelimit-reset": reset });
    expect(namedQuota(headers, trio(unit), nowMs)).toEqual({ remaining: 7, resetMs });
  });

  test("a time is read against the response's own Date, so that a wrong clock here does no harm", () => {
    const headers = new Headers({
      date: new Date(nowMs).toUTCString(),
      "x-ratelimit-remaining": "7",
      "x-ratelimit-reset": String(seconds + 5),
    });
    for (const skewMs of [-300_000, 0, 300_000]) {
      expect(namedQuota(headers, trio("epoch-seconds"), nowMs + skewMs)).toEqual({ remaining: 7, resetMs: 5_000 });
    }
  });

  test.each([
    ["", "60"],
    ["-1", "60"],
    ["NaN", "60"],
    ["7", ""],
    ["7", "soon"],
    ["7", "-5"],
    ["7", "0"],
    ["7, 7", "60"],
    ["7", "99999999"],
  ])("ignores remaining %j with reset %j", (remaining, reset) => {
    const headers = new Headers({ "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset });
    expect(namedQuota(headers, trio("seconds"), nowMs)).toBeUndefined();
  });

  test("ignores one without the other, a reset in the past, and the standard's header where the provider has its own", () => {
    const of = (headers: Record<string, string>) => namedQuota(new Headers(headers), trio("epoch-seconds"), nowMs);
    expect(of({ "x-ratelimit-remaining": "7" })).toBeUndefined();
    expect(of({ "x-ratelimit-reset": String(seconds + 5) })).toBeUndefined();
    expect(of({ "x-ratelimit-remaining": "7", "x-ratelimit-reset": String(seconds - 5) })).toBeUndefined();
    expect(of({ ratelimit: '"default";r=50;t=30' })).toBeUndefined();
  });
});

test("R23: whatever the headers say, a quota is a count that is not negative and a wait of at most a day, or none", () => {
  const text = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String));
  const safe = (value: string) => value.replace(/[^\x20-\x7e]/g, "");
  fc.assert(
    fc.property(
      fc.tuple(text, text, text),
      fc.constantFrom("epoch-seconds", "seconds", "milliseconds"),
      (texts, unit) => {
        const [remaining, reset, ratelimit] = texts;
        const headers = new Headers({
          "x-ratelimit-remaining": safe(remaining),
          "x-ratelimit-reset": safe(reset),
          ratelimit: safe(ratelimit),
        });
        for (const quota of [namedQuota(headers, trio(unit), nowMs), standardQuota(headers, undefined, nowMs)]) {
          if (quota === undefined) continue;
          expect(quota.remaining).toBeGreaterThanOrEqual(0);
          expect(quota.resetMs).toBeGreaterThanOrEqual(0);
          expect(quota.resetMs).toBeLessThanOrEqual(86_400_000);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

describe("R46: hostile headers are set aside, and the standard one is not matched", () => {
  const sizes = [65_536, 1_048_576];
  const fills = ["0", "9", " ", ";", ",", '"', ";r=1;t=1,", "; r=", '"a";r=1;', "\t"];
  test.each(sizes.flatMap((size) => fills.map((fill) => [size, fill] as const)))("%d bytes of %j", (size, fill) => {
    const long = fill.repeat(Math.ceil(size / fill.length));
    const standard = new Headers({ ratelimit: `"a"${long}x` });
    const own = new Headers({
      "x-ratelimit-remaining": `1${long}x`,
      "x-ratelimit-reset": `1${long}x`,
      date: `${long}x`,
    });
    const matched = vi.spyOn(RegExp.prototype, "exec");
    onTestFinished(() => matched.mockRestore());
    expect(standardQuota(standard, undefined, nowMs)).toBeUndefined();
    expect(matched).not.toHaveBeenCalled();
    expect(namedQuota(own, trio("epoch-seconds"), nowMs)).toBeUndefined();
    // The spy sees how quotas are matched.
    matched.mockClear();
    expect(standardQuota(new Headers({ ratelimit: '"a";r=1;t=1' }), undefined, nowMs)).toBeDefined();
    expect(matched).toHaveBeenCalled();
  });
});
