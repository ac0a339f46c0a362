import type { Reply } from "../pipeline/reply.js";
import type { Quota, Strategies } from "../pipeline/strategies.js";
import type { ProviderProfile } from "../provider/profile.js";

/** What the quotas of a response are read with. */
export interface QuotaReaders {
  readonly profile: Pick<ProviderProfile, "rateLimitHeaders" | "rateLimitBody">;
  readonly strategies: Pick<Strategies, "quotas" | "bodyQuotas">;
}

/** All quotas that a response reports, in its headers and in its JSON. */
export function readQuotas(
  { profile, strategies }: QuotaReaders,
  reply: Pick<Reply, "headers" | "body">,
  nowMs: number,
): readonly Quota[] {
  const quotas = strategies.quotas?.(reply.headers, profile.rateLimitHeaders, nowMs) ?? [];
  return strategies.bodyQuotas ? [...quotas, ...strategies.bodyQuotas(reply, profile.rateLimitBody, nowMs)] : quotas;
}
