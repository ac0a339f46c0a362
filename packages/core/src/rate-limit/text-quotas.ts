import type { ReadQuotas } from "../pipeline/strategies.js";
import { parseWait, type ResponseTime } from "../retry/retry-after.js";
import { quotasBy } from "./quota-headers.js";

const unitsMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** A duration such as `6m0s` or `12ms`, in milliseconds; undefined for anything else. */
function parseDuration(text: string): number | undefined {
  if (!/^(\d{1,9}(\.\d{1,9})?(h|ms?|s)){1,4}$/.test(text)) return undefined;
  let sumMs = 0;
  for (const [, count, unit = ""] of text.matchAll(/([\d.]+)(h|ms?|s)/g)) sumMs += Number(count) * (unitsMs[unit] ?? 0);
  return sumMs;
}

/** Milliseconds until a time of RFC 3339, also without its seconds; undefined for anything else. */
function parseTime(text: string, { headers, nowMs }: ResponseTime): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]{5,18}(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const waitMs = Date.parse(text) - (Date.parse(headers.get("date") ?? "") || nowMs);
  return waitMs >= 0 ? waitMs : undefined;
}

/** Milliseconds until a reset: a duration, a time of RFC 3339, or a number. */
export const parseReset: typeof parseWait = (text, unitMs, time) =>
  parseDuration(text ?? "") ?? parseTime(text ?? "", time) ?? parseWait(text, unitMs, time);

/**
 * Headers of the provider's own, by the names in its profile, whose resets are durations, as those of OpenAI
 * (https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers), or times of RFC 3339, as those of Anthropic
 * (https://docs.anthropic.com/en/api/rate-limits#response-headers).
 */
export const textQuotas: ReadQuotas = quotasBy(parseReset);
