import type { ProviderProfile, RateLimitHeaders } from "../connector/profile.js";
import { parseCount, untilMs } from "../retry/retry-after.js";

/** How much of a quota is left, and for how long. */
export interface Quota {
  readonly remaining: number;
  /** Until it is fresh again, in milliseconds. */
  readonly resetMs: number;
}

/**
 * Reads the quota that an answer's headers tell of; undefined where they tell of none, or not in a form that can be read.
 * Times are read against the answer's own `Date`.
 */
export type ReadQuota = (
  headers: Headers,
  facts: ProviderProfile["rateLimitHeaders"],
  nowMs: number,
) => Quota | undefined;

// A longer one is a mistake, or nothing that a call could wait for.
const maxResetMs = 86_400_000;

/** `"default";r=50;t=30` of draft-ietf-httpapi-ratelimit-headers: the member with the least left. */
function ietfQuota(text: string): Quota | undefined {
  let least: Quota | undefined;
  // What is above 1 kB is no quota, and is not looked at.
  for (const member of text.length > 1_024 ? [] : text.split(",")) {
    const number = (name: string) => parseCount(new RegExp(`;\\s?${name}=(\\d+)`).exec(member)?.[1]);
    const remaining = number("r") ?? Infinity;
    const seconds = number("t");
    if (seconds !== undefined && remaining < (least?.remaining ?? Infinity))
      least = { remaining, resetMs: seconds * 1_000 };
  }
  return least;
}

function ofUse(quota: Quota | undefined): Quota | undefined {
  return quota && quota.resetMs > 0 && quota.resetMs <= maxResetMs ? quota : undefined;
}

/** The standard's header `RateLimit` (draft-ietf-httpapi-ratelimit-headers). */
export const standardQuota: ReadQuota = (headers) => {
  const standard = headers.get("ratelimit");
  // Most answers tell nothing, and reading nothing would take its time too.
  return standard ? ofUse(ietfQuota(standard)) : undefined;
};

/** Headers of the provider's own, by the names that its profile gives. */
export const namedQuota: ReadQuota = (headers, facts, nowMs) => {
  const { remaining: left, reset: { name, unit } = {} } = facts as RateLimitHeaders;
  const remaining = parseCount(headers.get(left));
  const reset = name && parseCount(headers.get(name));
  if (remaining === undefined || !reset) return undefined;
  const scaled = unit!.endsWith("milliseconds") ? reset : reset * 1_000;
  const resetMs = unit === "epoch-seconds" ? untilMs(scaled, headers, nowMs) : scaled;
  return ofUse({ remaining, resetMs });
};
