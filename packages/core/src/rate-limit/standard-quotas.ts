import type { Quota, ReadQuotas } from "../pipeline/strategies.js";
import type { ResponseTime } from "../retry/retry-after.js";
import { parseQuota } from "./quota-headers.js";

// Headers without a standard mean different things at different providers, so they block for no longer than this.
const maxGuessedMs = 60_000;
const families = ["ratelimit", "x-ratelimit", "x-rate-limit"];

/** `"default";r=50;t=30, "day";r=900;t=3600` of draft-ietf-httpapi-ratelimit-headers: a member for each policy. */
function parseMembers(text: string, time: ResponseTime): Quota[] {
  // A header above 1 kB is not a quota, and is not parsed.
  const members = text.length > 1_024 ? [] : text.split(",");
  return members.flatMap((member) => {
    const textOf = (key: string) => new RegExp(`;\\s?${key}=(\\d+)`).exec(member)?.[1];
    return parseQuota({ name: member.split(";")[0]!.trim(), remaining: textOf("r"), reset: textOf("t") }, time);
  });
}

/**
 * The standard header `RateLimit` (draft-ietf-httpapi-ratelimit-headers), else the pairs of earlier drafts and of many providers:
 * `RateLimit-Remaining` and `-Reset`, also with `X-` before them. Their reset is a number of seconds or a time.
 */
export const standardQuotas: ReadQuotas = (headers, _, nowMs) => {
  const time = { headers, nowMs };
  const standard = headers.get("ratelimit");
  if (standard) return parseMembers(standard, time);
  return families.flatMap((name) => {
    const pair = { name, remaining: headers.get(`${name}-remaining`), reset: headers.get(`${name}-reset`) };
    return [parseQuota(pair, time)]
      .flat()
      .map((quota) => ({ ...quota, resetMs: Math.min(quota.resetMs, maxGuessedMs) }));
  });
};
