import type { ProviderProfile, RateLimitHeaders, RetryRule } from "@connectry/core";
import type { QuotaState } from "./quota.js";

/** What a refusal for a used-up quota looks like, by what the profile takes for one. */
export interface ThrottledShape {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What the body must say, where the profile looks there. */
  readonly body: { readonly at: readonly (string | number)[]; readonly value: unknown } | undefined;
}

type Unit = "epoch-seconds" | "seconds" | "milliseconds" | "window-milliseconds";

function timeText(unit: Unit, waitMs: number, nowMs: number, windowMs: number): string {
  if (unit === "epoch-seconds") return String(Math.ceil((nowMs + waitMs) / 1_000));
  if (unit === "seconds") return String(Math.ceil(waitMs / 1_000));
  return String(Math.ceil(unit === "milliseconds" ? waitMs : windowMs));
}

/** What every answer says of a quota, in the provider's own headers. */
export function quotaHeaders(
  { rateLimitHeaders: names }: ProviderProfile,
  state: QuotaState,
  nowMs: number,
  windowMs: number,
): Record<string, string> {
  if (names === undefined || names === "none") return {};
  const { limit, remaining, reset } = names;
  return {
    [limit]: String(state.limit),
    [remaining]: String(state.remaining),
    ...(reset && { [reset.name]: timeText(reset.unit, state.resetMs, nowMs, windowMs) }),
  };
}

function bodyOf({ when: { body } }: RetryRule): ThrottledShape["body"] {
  if (body === undefined) return undefined;
  const value = "equals" in body ? body.equals : "oneOf" in body ? body.oneOf[0] : body.contains;
  return { at: body.at, value };
}

/** How a provider says that a quota is used up: by its first rule for that, one about its own quota headers before others. */
export function throttledShape(profile: ProviderProfile, state: QuotaState, nowMs: number): ThrottledShape {
  const rules = (profile.retry?.rules ?? []).filter(({ verdict }) => verdict === "throttled");
  const { remaining } = Object(profile.rateLimitHeaders) as Partial<RateLimitHeaders>;
  const rule = rules.find(({ when }) => remaining !== undefined && when.headers?.[remaining] !== undefined) ?? rules[0];
  const wait = String(Math.ceil(state.resetMs / 1_000));
  const retryAfter = { "retry-after": wait };
  if (rule === undefined) return { status: 429, headers: retryAfter, body: undefined };
  const demanded = Object.entries(rule.when.headers ?? {}).map(([name, value]) => [
    name,
    value === true ? wait : value,
  ]);
  const until = rule.until && { [rule.until.header]: timeText(rule.until.unit, state.resetMs, nowMs, state.resetMs) };
  // A rule that knows how long to wait is one for answers that do not say so.
  const told = rule.waitMs === undefined && until === undefined ? retryAfter : {};
  // Where errors come with a 200, this one still has its own status (https://docs.slack.dev/apis/web-api/rate-limits).
  const status = [rule.when.status ?? 429].flat().find((one) => one >= 400) ?? 429;
  return { status, headers: { ...told, ...until, ...Object.fromEntries(demanded) }, body: bodyOf(rule) };
}
