/** A non-negative number of at most ten digits before the point; undefined for anything else. */
export function parseCount(text: string | null): number | undefined {
  return text !== null && /^\d{1,10}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}

/** An HTTP date in any of the three forms of RFC 9110, 5.6.7, in milliseconds since the epoch. */
export function parseHttpDate(text: string | null): number | undefined {
  if (text === null || !/^[a-z]{3,9},? [a-z0-9 :-]{1,40}$/i.test(text)) return undefined;
  // The asctime form names no zone, and Date.parse would take the machine's.
  const atMs = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(atMs) ? undefined : atMs;
}

/**
 * How long the answer asks to wait, in milliseconds: `retry-after-ms`, else `Retry-After` as seconds or as a date
 * (RFC 9110, 10.2.3), which is read against the answer's own `Date` so that a wrong clock here does no harm.
 * Undefined where the headers are absent or malformed; a date in the past is 0.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get("retry-after");
  const exactMs = parseCount(headers.get("retry-after-ms"));
  const seconds = parseCount(text);
  if (exactMs !== undefined || seconds !== undefined) return exactMs ?? seconds! * 1_000;
  const atMs = parseHttpDate(text);
  return atMs === undefined ? undefined : Math.max(0, atMs - (parseHttpDate(headers.get("date")) ?? nowMs));
}
