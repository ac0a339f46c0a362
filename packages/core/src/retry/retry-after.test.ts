import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { parseRetryAfter } from "./retry-after.js";

const nowMs = Date.UTC(2026, 0, 1, 12, 0, 0);
const parse = (headers: Record<string, string>) => parseRetryAfter(new Headers(headers), nowMs);

describe("R5: Retry-After", () => {
  test.each<[given: Record<string, string>, want: number | undefined]>([
    [{}, undefined],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1" }, 1_000],
    [{ "retry-after": "120" }, 120_000],
    [{ "retry-after": " 3 " }, 3_000],
    [{ "retry-after": "007" }, 7_000],
    [{ "retry-after": "1.5" }, 1_500],
    [{ "retry-after": "0.001" }, 1],
    [{ "retry-after": "999999999" }, 999_999_999_000],
    // What can only be a time since the epoch, in seconds or in milliseconds.
    [{ "retry-after": String(nowMs / 1_000 + 30) }, 30_000],
    [{ "retry-after": String(nowMs + 30_500) }, 30_500],
    [{ "retry-after": "1735689600" }, 0],
    [{ "retry-after": "9999999999" }, 9_999_999_999_000 - nowMs],
    [{ "retry-after": "99999999999" }, 99_999_999_999_000 - nowMs],
    [{ "retry-after": "9".repeat(20) }, 1e20 - nowMs],
    [{ "retry-after": "9".repeat(21) }, undefined],
    [{ "retry-after-ms": String(nowMs + 250) }, 250],
    [{ "retry-after-ms": String(nowMs / 1_000 + 9) }, 9_000],
    [{ "retry-after": String(nowMs / 1_000 - 3_590), date: "Thu, 01 Jan 2026 11:00:00 GMT" }, 10_000],
    [{ "retry-after": "-1" }, undefined],
    [{ "retry-after": "+1" }, undefined],
    [{ "retry-after": "Infinity" }, undefined],
    [{ "retry-after": "NaN" }, undefined],
    [{ "retry-after": "1e3" }, undefined],
    [{ "retry-after": "0x10" }, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "" }, undefined],
    // Sent twice: the longer wait.
    [{ "retry-after": "1, 2" }, 2_000],
    [{ "retry-after": "2, 2" }, 2_000],
    [{ "retry-after": "12, 5" }, 12_000],
    [{ "retry-after": "3, soon" }, 3_000],
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:10 GMT, Thu, 01 Jan 2026 12:00:20 GMT" }, 20_000],
    [{ "retry-after": "30, Thu, 01 Jan 2026 12:00:20 GMT" }, 30_000],
    [{ "retry-after": "Thursday, 01-Jan-26 12:00:10 GMT, 5" }, 10_000],
    [{ "retry-after-ms": "250, 9000" }, 9_000],
    [{ "retry-after": "2026-01-01T12:00:10Z" }, undefined],
    [{ "retry-after": "2026-01-01" }, undefined],
    // The three forms of RFC 9110, 5.6.7.
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:10 GMT" }, 10_000],
    [{ "retry-after": "Thursday, 01-Jan-26 12:00:10 GMT" }, 10_000],
    [{ "retry-after": "Thu Jan  1 12:00:10 2026" }, 10_000],
    [{ "retry-after": "Thu, 01 Jan 2026 11:59:50 GMT" }, 0],
    [{ "retry-after": "Thu, 99 Jan 2026 12:00:10 GMT" }, undefined],
    // The response's own clock is an hour behind ours.
    [{ "retry-after": "Thu, 01 Jan 2026 11:00:10 GMT", date: "Thu, 01 Jan 2026 11:00:00 GMT" }, 10_000],
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:10 GMT", date: "yesterday" }, 10_000],
    [{ "retry-after-ms": "250" }, 250],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after-ms": "-250", "retry-after": "9" }, 9_000],
    [{ "retry-after-ms": "1.5" }, 1.5],
  ])("%j is %j", (given, want) => {
    expect(parse(given)).toBe(want);
  });

  test("whatever it says, the wait is undefined or a finite number that is not negative", () => {
    const header = fc.string({ unit: "grapheme-ascii", maxLength: 80 }).filter((text) => !/[\r\n\0]/.test(text));
    fc.assert(
      fc.property(header, fc.option(header, { nil: undefined }), (retryAfter, date) => {
        const waitMs = parse(date === undefined ? { "retry-after": retryAfter } : { "retry-after": retryAfter, date });
        expect(waitMs === undefined || (Number.isFinite(waitMs) && waitMs >= 0)).toBe(true);
      }),
    );
  });

  test("a number of seconds is read exactly", () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), (seconds) => {
        expect(parse({ "retry-after": String(seconds) })).toBe(seconds * 1_000);
      }),
    );
  });
});

test.each(["9", " ", "Thu, 01 Jan 2026 12:00:10 GMT ", "1.", "A-", ", "])(
  "R46: a Retry-After of 1 MiB of %j is set aside, and not parsed as a date",
  (unit) => {
    const parsed = vi.spyOn(Date, "parse");
    onTestFinished(() => parsed.mockRestore());
    const headers = new Headers({ "retry-after": unit.repeat(2 ** 20 / unit.length), date: "9".repeat(2 ** 20) });
    expect(parseRetryAfter(headers, nowMs)).toBeUndefined();
    expect(parsed).not.toHaveBeenCalled();
    // The spy sees how dates are parsed.
    expect(parse({ "retry-after": "Thu, 01 Jan 2026 12:00:10 GMT" })).toBe(10_000);
    expect(parsed).toHaveBeenCalledTimes(1);
  },
);
