import type { Quota, ReadQuota } from "../pipeline/strategies.js";
import type { RateLimitHeaders } from "../provider/profile.js";
import { parseCount, untilMs } from "../retry/retry-after.js";

// A longer window is a mistake, or not something that a call could wait for.
const maxResetMs = 86_400_000;

/** `"default";r=50;t=30` of draft-ietf-httpapi-ratelimit-headers: the member with the least left. */
function parseRateLimit(text: string): Quota | undefined {
  let least: Quota | undefined;
  // A header above 1 kB is not a quota, and is not parsed.
  for (const member of text.length > 1_024 ? [] : text.split(",")) {
    const number = (name: string) => parseCount(new RegExp(`;\\s?${name}=(\\d+)`).exec(member)?.[1]);
    const remaining = number("r") ?? Infinity;
    const seconds = number("t");
    if (seconds !== undefined && remaining < (least?.remaining ?? Infinity))
      least = { remaining, resetMs: seconds * 1_000 };
  }
  return least;
}

function ifUsable(quota: Quota | undefined): Quota | undefined {
  return quota && quota.resetMs > 0 && quota.resetMs <= maxResetMs ? quota : undefined;
}

/** The standard header `RateLimit` (draft-ietf-httpapi-ratelimit-headers). */
export const standardQuota: ReadQuota = (headers) => {
  const standard = headers.get("ratelimit");
  // Most responses have none, and parsing an empty text would cost time.
  return standard ? ifUsable(parseRateLimit(standard)) : undefined;
};

/** Headers of the provider's own, by the names in its profile. */
export const namedQuota: ReadQuota = (headers, facts, nowMs) => {
  const { remaining: left, reset: { name, unit } = {} } = facts as RateLimitHeaders;
  const remaining = parseCount(headers.get(left));
  const reset = name && parseCount(headers.get(name));
  if (remaining === undefined || !reset) return undefined;
  const scaled = unit!.endsWith("milliseconds") ? reset : reset * 1_000;
  const resetMs = unit === "epoch-seconds" ? untilMs(scaled, headers, nowMs) : scaled;
  return ifUsable({ remaining, resetMs });
};
