import type { ProviderProfile, RateLimitHeaders, RetryRule } from "@connectry/core";
import { conditionValue } from "../json/condition-value.js";
import type { BodyMember } from "./error-markers.js";
import type { QuotaState } from "./quota.js";

/** The response to a request beyond a quota. */
export interface ThrottledResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The member of the body by which the profile detects it, where it does. */
  readonly body: BodyMember | undefined;
}

/** The current time, and the length of the window of a quota. */
export interface QuotaTime {
  readonly nowMs: number;
  readonly windowMs: number;
}

type Unit = NonNullable<RateLimitHeaders["reset"]>["unit"];

const formats: Readonly<Record<Unit, (waitMs: number, time: QuotaTime) => string | number>> = {
  "epoch-seconds": (waitMs, { nowMs }) => Math.ceil((nowMs + waitMs) / 1_000),
  "epoch-milliseconds": (waitMs, { nowMs }) => Math.ceil(nowMs + waitMs),
  seconds: (waitMs) => Math.ceil(waitMs / 1_000),
  milliseconds: (waitMs) => Math.ceil(waitMs),
  "window-milliseconds": (_, { windowMs }) => Math.ceil(windowMs),
  date: (waitMs, { nowMs }) => new Date(Math.ceil((nowMs + waitMs) / 1_000) * 1_000).toISOString(),
  duration: (waitMs) => `${Math.ceil(waitMs)}ms`,
};

const formatTime = (unit: Unit, waitMs: number, time: QuotaTime) => String(formats[unit](waitMs, time));

/** The rate limit headers of a response, under the names that the profile has for them. */
export function quotaHeaders(
  { rateLimitHeaders: names }: ProviderProfile,
  state: QuotaState,
  time: QuotaTime,
): Record<string, string> {
  if (names === undefined || names === "none") return {};
  const quotas = [names].flat().map(({ limit, remaining, reset }) => ({
    [limit]: String(state.limit),
    [remaining]: String(state.remaining),
    ...(reset && { [reset.name]: formatTime(reset.unit, state.resetMs, time) }),
  }));
  return Object.assign({}, ...quotas);
}

function bodyMemberOf({ when: { body } }: RetryRule): BodyMember | undefined {
  if (body === undefined) return undefined;
  return { at: body.at, value: conditionValue(body) };
}

/**
 * The response that the profile takes for a used-up quota: that of its first retry rule with the verdict `throttled`; a
 * rule about its rate limit headers takes precedence. Without such a rule, a 429 with `Retry-After`.
 */
export function throttledResponse(profile: ProviderProfile, state: QuotaState, nowMs: number): ThrottledResponse {
  const rules = (profile.retry?.rules ?? []).filter(({ verdict }) => verdict === "throttled");
  const { remaining } = Object([profile.rateLimitHeaders].flat()[0]) as Partial<RateLimitHeaders>;
  const rule = rules.find(({ when }) => remaining !== undefined && when.headers?.[remaining] !== undefined) ?? rules[0];
  const waitSeconds = String(Math.ceil(state.resetMs / 1_000));
  const retryAfter = { "retry-after": waitSeconds };
  if (rule === undefined) return { status: 429, headers: retryAfter, body: undefined };
  const required = Object.entries(rule.when.headers ?? {}).map(([name, value]) => [
    name,
    value === true ? waitSeconds : value,
  ]);
  const time = { nowMs, windowMs: state.resetMs };
  const until = rule.until &&
    "header" in rule.until && { [rule.until.header]: formatTime(rule.until.unit, state.resetMs, time) };
  // A rule with its own waiting time is for responses without Retry-After.
  const wait = rule.waitMs === undefined && !until ? retryAfter : {};
  // Also a provider whose errors have status 200 sends a 429 here (https://docs.slack.dev/apis/web-api/rate-limits).
  const status = [rule.when.status ?? 429].flat().find((one) => one >= 400) ?? 429;
  return { status, headers: { ...wait, ...until, ...Object.fromEntries(required) }, body: bodyMemberOf(rule) };
}
