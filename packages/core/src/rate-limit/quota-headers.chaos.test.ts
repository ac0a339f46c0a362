import { describe, expect, test } from "vitest";
import { bestOfMs, singlePassMs } from "../../test/best-of.js";
import { namedQuotas } from "./quota-headers.js";
import { standardQuotas } from "./standard-quotas.js";

const nowMs = Date.UTC(2026, 0, 1, 12);
const own = {
  limit: "x-ratelimit-limit",
  remaining: "x-ratelimit-remaining",
  reset: { name: "x-ratelimit-reset", unit: "epoch-seconds" },
} as const;

describe("R46: hostile headers take at most 10 ms more than a single pass over one of them", () => {
  const sizes = [65_536, 1_048_576];
  const fills = ["0", "9", " ", ";", ",", '"', ";r=1;t=1,", "; r=", '"a";r=1;', "\t"];
  test.each(sizes.flatMap((size) => fills.map((fill) => [size, fill] as const)))("%d bytes of %j", (size, fill) => {
    const long = fill.repeat(Math.ceil(size / fill.length));
    const standard = new Headers({ ratelimit: `"a"${long}x` });
    const named = new Headers({
      "x-ratelimit-remaining": `1${long}x`,
      "x-ratelimit-reset": `1${long}x`,
      date: `${long}x`,
    });
    const controlMs = singlePassMs(long);
    expect(bestOfMs(() => standardQuotas(standard, undefined, nowMs))).toBeLessThanOrEqual(10 + controlMs);
    expect(bestOfMs(() => namedQuotas(named, own, nowMs))).toBeLessThanOrEqual(10 + controlMs);
  });
});
