/** A non-negative number of at most twenty digits before the point; undefined for anything else. */
export function parseCount(text: string | null | undefined): number | undefined {
  // `null` and `undefined` do not match either.
  return /^\d{1,20}(\.\d{1,9})?$/.test(text as string) ? Number(text) : undefined;
}

/** An HTTP date in any of the three forms of RFC 9110, section 5.6.7, in milliseconds since the epoch; NaN for anything else. */
function parseHttpDate(text: string): number {
  if (!/^[a-z]{3,9},? [a-z0-9 :-]{1,40}$/i.test(text)) return NaN;
  // The asctime form names no zone, and Date.parse would take the machine's.
  return Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
}

/** What a wait in a response is relative to. */
export interface ResponseTime {
  /** The headers of the response: a time is measured from its own `Date`, so that a wrong local clock does not matter. */
  readonly headers: Headers;
  /** The wall clock, for a response without a `Date`. */
  readonly nowMs: number;
}

// From here on a number of seconds (31 years) is a time of this century instead of a wait.
const firstEpochSeconds = 1e9;
const firstEpochMs = 1e11;

/**
 * How long a text asks to wait, in milliseconds: a number of units, or an HTTP date. A number that can only be a time since the
 * epoch is one, whatever the unit. Of several in a list (a header that was sent twice) the longest. Undefined where there is
 * none; 0 for a time in the past.
 */
export function parseWait(
  text: string | null | undefined,
  unitMs: number,
  { headers, nowMs }: ResponseTime,
): number | undefined {
  // A longer text is not parsed.
  if (!text || text.length > 200) return undefined;
  let longestMs: number | undefined;
  // The comma of an HTTP date does not separate.
  for (const value of text.split(/,(?! ?\d\d?[ -][a-z]) ?/i)) {
    const count = parseCount(value) ?? NaN;
    const atMs = count < firstEpochMs ? count * 1_000 : count || parseHttpDate(value);
    const waitMs =
      count < firstEpochSeconds ? count * unitMs : atMs - (parseHttpDate(headers.get("date") ?? "") || nowMs);
    if (waitMs > (longestMs ?? -Infinity)) longestMs = waitMs;
  }
  return longestMs && Math.max(0, longestMs);
}

/**
 * How long the response asks to wait, in milliseconds: `retry-after-ms`, else `Retry-After` as seconds or as a date
 * (RFC 9110, section 10.2.3). Undefined where the headers are absent or malformed.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const time = { headers, nowMs };
  return parseWait(headers.get("retry-after-ms"), 1, time) ?? parseWait(headers.get("retry-after"), 1_000, time);
}
