import { expect, test } from "vitest";
import { bestOfMs, singlePassMs } from "../../test/best-of.js";
import { parseRetryAfter } from "./retry-after.js";

const nowMs = Date.UTC(2026, 0, 1, 12, 0, 0);

test.each(["9", " ", "Thu, 01 Jan 2026 12:00:10 GMT ", "1.", "A-", ", "])(
  "R46: a Retry-After of 1 MiB of %j takes less than 10 ms more than a single pass over it",
  (unit) => {
    const retryAfter = unit.repeat(2 ** 20 / unit.length);
    const headers = new Headers({ "retry-after": retryAfter, date: "9".repeat(2 ** 20) });
    const controlMs = singlePassMs(retryAfter);
    expect(bestOfMs(() => parseRetryAfter(headers, nowMs))).toBeLessThan(10 + controlMs);
  },
);
