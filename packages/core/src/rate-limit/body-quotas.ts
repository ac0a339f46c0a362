import { replyJson } from "../pipeline/reply-json.js";
import type { ReadBodyQuotas } from "../pipeline/strategies.js";
import { textAt } from "../platform/json-path.js";
import type { BodyQuota } from "../provider/profile.js";
import { parseQuota } from "./quota-headers.js";
import { parseReset } from "./text-quotas.js";

/** The reset of a quota, as text, and the unit of a number in it. */
function resetOf(json: unknown, remaining: number, reset: BodyQuota["reset"]) {
  if ("windowMs" in reset) return { reset: `${reset.windowMs}`, unitMs: 1 };
  if ("at" in reset) return { reset: textAt(json, reset.at), unitMs: reset.unit.endsWith("milliseconds") ? 1 : 1_000 };
  const missing = Number(textAt(json, reset.size)) - remaining;
  const waitMs = Math.ceil((missing * 1_000) / Number(textAt(json, reset.perSecond)));
  return { reset: `${waitMs}`, unitMs: 1 };
}

/**
 * Reads the quotas at the places that the profile names, such as `propertyQuota` of Google Analytics
 * (https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/PropertyQuota) or `throttleStatus` of Shopify
 * (https://shopify.dev/docs/api/usage/limits).
 */
export const bodyQuotas: ReadBodyQuotas = (reply, facts = [], nowMs) => {
  const json = replyJson(reply);
  return facts.flatMap(({ remaining: path, reset }) => {
    const left = textAt(json, path)?.replace(/^-.*/, "0");
    const text = { name: path.join("."), remaining: left, ...resetOf(json, Number(left), reset) };
    return parseQuota(text, { headers: reply.headers, nowMs }, parseReset);
  });
};
