import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { RateLimitHeaders } from "../provider/profile.js";
import { namedQuotas } from "./quota-headers.js";
import { standardQuotas } from "./standard-quotas.js";
import { textQuotas } from "./text-quotas.js";

const nowMs = Date.UTC(2026, 0, 1, 12);
const seconds = nowMs / 1_000;

const trio = (unit: NonNullable<RateLimitHeaders["reset"]>["unit"]): RateLimitHeaders => ({
  limit: "x-ratelimit-limit",
  remaining: "x-ratelimit-remaining",
  reset: { name: "x-ratelimit-reset", unit },
});

const name = "x-ratelimit-remaining";

describe("R23: the standard's header RateLimit", () => {
  test.each([
    ['"default";r=50;t=30', [{ name: '"default"', remaining: 50, resetMs: 30_000 }]],
    ['"default"; r=50; t=30', [{ name: '"default"', remaining: 50, resetMs: 30_000 }]],
    ['"default";t=30;r=0', [{ name: '"default"', remaining: 0, resetMs: 30_000 }]],
    // Each policy is a quota of its own.
    [
      '"burst";r=5;t=1, "day";r=900;t=3600',
      [
        { name: '"burst"', remaining: 5, resetMs: 1_000 },
        { name: '"day"', remaining: 900, resetMs: 3_600_000 },
      ],
    ],
    // A quota without a reset time is ignored, however little is left.
    ['"burst";r=1, "day";r=900;t=86400', [{ name: '"day"', remaining: 900, resetMs: 86_400_000 }]],
    ['"p";r=50;pk=:dHJpYWwxMjM=:;t=60', [{ name: '"p"', remaining: 50, resetMs: 60_000 }]],
  ])("%s", (text, quotas) => {
    expect(standardQuotas(new Headers({ ratelimit: text }), undefined, nowMs)).toEqual(quotas);
  });

  test.each([
    "",
    "default",
    '"default";r=50',
    '"default";t=5',
    '"default";r=-1;t=5',
    '"default";r=1e3;t=x',
    '"default";r=0;t=0',
    '"default";r=0;t=99999999',
    "limit=10, remaining=1, reset=7",
  ])("ignores what is not of that form: %s", (text) => {
    expect(standardQuotas(new Headers({ ratelimit: text }), undefined, nowMs)).toEqual([]);
  });
});

describe("R23: without a profile, the headers that many providers send", () => {
  test.each([
    // Drafts 3 to 6 of draft-ietf-httpapi-ratelimit-headers: delta seconds.
    ["ratelimit", { "ratelimit-limit": "100", "ratelimit-remaining": "7", "ratelimit-reset": "50" }, 50_000],
    ["x-ratelimit", { "x-ratelimit-remaining": "7", "x-ratelimit-reset": String(seconds + 50) }, 50_000],
    ["x-ratelimit", { "x-ratelimit-remaining": "7", "x-ratelimit-reset": String(nowMs + 2_500) }, 2_500],
    ["x-rate-limit", { "x-rate-limit-remaining": "7", "x-rate-limit-reset": "50" }, 50_000],
    // Their unit is a guess, so they block for no longer than a minute.
    ["x-ratelimit", { "x-ratelimit-remaining": "7", "x-ratelimit-reset": "3600" }, 60_000],
    ["x-ratelimit", { "x-ratelimit-remaining": "7" }, undefined],
  ] as const)("%s: %j", (family, headers, resetMs) => {
    const quotas = standardQuotas(new Headers(headers as Record<string, string>), undefined, nowMs);
    expect(quotas).toEqual(resetMs === undefined ? [] : [{ name: family, remaining: 7, resetMs }]);
  });
});

describe("R23: several quotas in one response", () => {
  // https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
  const openai = (["requests", "tokens"] as const).map((what) => ({
    limit: `x-ratelimit-limit-${what}`,
    remaining: `x-ratelimit-remaining-${what}`,
    reset: { name: `x-ratelimit-reset-${what}`, unit: "duration" as const },
  }));

  test.each([
    ["1s", 1_000],
    ["6m0s", 360_000],
    ["12ms", 12],
    ["1h2m3.5s", 3_723_500],
    ["90", 90_000],
    // https://docs.anthropic.com/en/api/rate-limits#response-headers
    ["2026-01-01T12:00:30Z", 30_000],
    ["2026-01-01T13:00:30.5+01:00", 30_500],
    // https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
    ["2026-01-01T12:01Z", 60_000],
    ["2026-01-01T11:00:00Z", undefined],
    ["2026-01-01", undefined],
    ["6m0", undefined],
    ["m", undefined],
    ["", undefined],
    ["1s".repeat(10), undefined],
  ])("requests and tokens, with a reset of %s", (reset, resetMs) => {
    const headers = new Headers({
      "x-ratelimit-remaining-requests": "59",
      "x-ratelimit-reset-requests": "1s",
      "x-ratelimit-remaining-tokens": "149984",
      "x-ratelimit-reset-tokens": reset,
    });
    expect(textQuotas(headers, openai, nowMs)).toEqual([
      { name: "x-ratelimit-remaining-requests", remaining: 59, resetMs: 1_000 },
      ...(resetMs === undefined ? [] : [{ name: "x-ratelimit-remaining-tokens", remaining: 149_984, resetMs }]),
    ]);
  });
});

describe("R23: the X-RateLimit trio, in the provider's own unit", () => {
  test.each([
    ["epoch-seconds", String(seconds + 90), 90_000],
    ["seconds", "0.25", 250],
    ["milliseconds", "1500", 1_500],
    ["window-milliseconds", "10000", 10_000],
    ["epoch-milliseconds", String(nowMs + 1_500), 1_500],
    ["epoch-seconds", "Thu, 01 Jan 2026 12:00:30 GMT", 30_000],
    // A number that is not of the documented unit, but can only be of another one.
    ["seconds", String(seconds + 90), 90_000],
    ["seconds", String(nowMs + 90_000), 90_000],
    ["epoch-seconds", "90", 90_000],
    // Sent twice.
    ["seconds", "5, 60", 60_000],
  ] as const)("%s: %s", (unit, reset, resetMs) => {
    const headers = new Headers({ "x-ratelimit-remaining": "7", "x-ratelimit-reset": reset });
    expect(namedQuotas(headers, trio(unit), nowMs)).toEqual([{ name, remaining: 7, resetMs }]);
  });

  test("a time is read against the response's own Date, so that a wrong clock here does no harm", () => {
    const headers = new Headers({
      date: new Date(nowMs).toUTCString(),
      "x-ratelimit-remaining": "7",
      "x-ratelimit-reset": String(seconds + 5),
    });
    for (const skewMs of [-300_000, 0, 300_000]) {
      expect(namedQuotas(headers, trio("epoch-seconds"), nowMs + skewMs)).toEqual([
        { name, remaining: 7, resetMs: 5_000 },
      ]);
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
    ["7", "-5, -6"],
    ["7", "99999999"],
  ])("ignores remaining %j with reset %j", (remaining, reset) => {
    const headers = new Headers({ "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset });
    expect(namedQuotas(headers, trio("seconds"), nowMs)).toEqual([]);
  });

  test("ignores one without the other, a reset in the past, and the standard's header where the provider has its own", () => {
    const of = (headers: Record<string, string>) => namedQuotas(new Headers(headers), trio("epoch-seconds"), nowMs);
    expect(of({ "x-ratelimit-remaining": "7" })).toEqual([]);
    expect(of({ "x-ratelimit-reset": String(seconds + 5) })).toEqual([]);
    expect(of({ "x-ratelimit-remaining": "7", "x-ratelimit-reset": String(seconds - 5) })).toEqual([]);
    expect(of({ ratelimit: '"default";r=50;t=30' })).toEqual([]);
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
        for (const quota of [
          ...namedQuotas(headers, trio(unit), nowMs),
          ...standardQuotas(headers, undefined, nowMs),
          ...textQuotas(headers, trio("duration"), nowMs),
        ]) {
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
    expect(standardQuotas(standard, undefined, nowMs)).toEqual([]);
    expect(matched).not.toHaveBeenCalled();
    expect(namedQuotas(own, trio("epoch-seconds"), nowMs)).toEqual([]);
    // The spy sees how quotas are matched.
    matched.mockClear();
    expect(standardQuotas(new Headers({ ratelimit: '"a";r=1;t=1' }), undefined, nowMs)).toHaveLength(1);
    expect(matched).toHaveBeenCalled();
  });
});
