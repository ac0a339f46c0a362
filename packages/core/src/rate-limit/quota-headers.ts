import type { Quota, ReadQuotas } from "../pipeline/strategies.js";
import type { RateLimitHeaders } from "../provider/profile.js";
import { parseCount, parseWait, type ResponseTime } from "../retry/retry-after.js";

// A longer window is a mistake, or not something that a call could wait for.
const maxResetMs = 86_400_000;

/** One quota of a response, as text. */
interface QuotaText {
  readonly name: string;
  readonly remaining: string | null | undefined;
  readonly reset: string | null | undefined;
  readonly unitMs?: number;
}

type ParseReset = typeof parseWait;

/** Parses a quota; nothing where its count or its reset is not what it should be, or where the quota is not full again within a day. */
export function parseQuota(
  { name, remaining: left, reset, unitMs = 1_000 }: QuotaText,
  time: ResponseTime,
  parseReset: ParseReset = parseWait,
): Quota | [] {
  // Most responses have none, and parsing an empty text would cost time.
  const remaining = left ? parseCount(left) : undefined;
  if (remaining === undefined) return [];
  const resetMs = parseReset(reset, unitMs, time);
  return resetMs && resetMs <= maxResetMs ? { name, remaining, resetMs } : [];
}

/** Reads headers of the provider's own, by the names in its profile. */
export const quotasBy =
  (parseReset: ParseReset): ReadQuotas =>
  (headers, facts, nowMs) =>
    [facts as RateLimitHeaders].flat().flatMap(({ remaining: name, reset }) => {
      const unitMs = reset?.unit.endsWith("milliseconds") ? 1 : 1_000;
      const text = { name, remaining: headers.get(name), reset: reset && headers.get(reset.name), unitMs };
      return parseQuota(text, { headers, nowMs }, parseReset);
    });

/** Headers of the provider's own, by the names in its profile, whose resets are numbers or times. */
export const namedQuotas: ReadQuotas = quotasBy(parseWait);
