/** A non-negative number of at most ten digits before the point; undefined for anything else. */
export function parseCount(text: string | null | undefined): number | undefined {
  // `null` and `undefined` are no digits either.
  return /^\d{1,10}(\.\d{1,9})?$/.test(text as string) ? Number(text) : undefined;
}

/** An HTTP date in any of the three forms of RFC 9110, 5.6.7, in milliseconds since the epoch; NaN for anything else. */
function parseHttpDate(text: string): number {
  if (!/^[a-z]{3,9},? [a-z0-9 :-]{1,40}$/i.test(text)) return NaN;
  // The asctime form names no zone, and Date.parse would take the machine's.
  return Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
}

/** How long it is until a time, by the answer's own `Date` where it has one, so that a wrong clock here does no harm. */
export function untilMs(atMs: number, headers: Headers, nowMs: number): number {
  return atMs - (parseHttpDate(headers.get("date") ?? "") || nowMs);
}

/**
 * How long the answer asks to wait, in milliseconds: `retry-after-ms`, else `Retry-After` as seconds or as a date
 * (RFC 9110, 10.2.3). Undefined where the headers are absent or malformed; a date in the past is 0.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get("retry-after") ?? "";
  const seconds = parseCount(text);
  const givenMs = parseCount(headers.get("retry-after-ms")) ?? (seconds === undefined ? undefined : seconds * 1_000);
  const atMs = parseHttpDate(text);
  return Number.isNaN(atMs) ? givenMs : (givenMs ?? Math.max(0, untilMs(atMs, headers, nowMs)));
}
