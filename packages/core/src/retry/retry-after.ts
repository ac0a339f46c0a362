/** A non-negative number of at most ten digits before the point; undefined for anything else. */
export function parseCount(text: string | null | undefined): number | undefined {
  // `null` and `undefined` do not match either.
  return /^\d{1,10}(\.\d{1,9})?$/.test(text as string) ? Number(text) : undefined;
}

/** An HTTP date in any of the three forms of RFC 9110, section 5.6.7, in milliseconds since the epoch; NaN for anything else. */
function parseHttpDate(text: string): number {
  if (!/^[a-z]{3,9},? [a-z0-9 :-]{1,40}$/i.test(text)) return NaN;
  // The asctime form names no zone, and Date.parse would take the machine's.
  return Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
}

/** Milliseconds until a time, measured from the response's own `Date` where it has one, so that a wrong local clock does not matter. */
export function untilMs(atMs: number, headers: Headers, nowMs: number): number {
  return atMs - (parseHttpDate(headers.get("date") ?? "") || nowMs);
}

/**
 * How long the response asks to wait, in milliseconds: `retry-after-ms`, else `Retry-After` as seconds or as a date
 * (RFC 9110, section 10.2.3). Undefined where the headers are absent or malformed; 0 for a date in the past.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get("retry-after") ?? "";
  const seconds = parseCount(text);
  const givenMs = parseCount(headers.get("retry-after-ms")) ?? (seconds === undefined ? undefined : seconds * 1_000);
  const atMs = parseHttpDate(text);
  return Number.isNaN(atMs) ? givenMs : (givenMs ?? Math.max(0, untilMs(atMs, headers, nowMs)));
}
