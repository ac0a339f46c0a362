import type { ProviderProfile } from "@connectry/core";

/** The facts of Klaviyo's API. */
export const profile = {
  id: "klaviyo",
  name: "Klaviyo",
  baseUrl: "https://a.klaviyo.com",
  // The word is that of private keys; tokens of OAuth are sent as Bearer: https://developers.klaviyo.com/en/docs/authenticate_
  auth: {
    kind: "header",
    name: "authorization",
    prefix: "Klaviyo-API-Key ",
    env: "KLAVIYO_API_KEY",
    accounts: "bearer",
  },
  // https://developers.klaviyo.com/en/docs/api_versioning_and_deprecation_policy
  versionHeader: "revision",
  body: "json",
  query: "comma",
  // Of each operation and account, by sizes whose members the document names: https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling.
  // Of `l` that page has 700 a minute, and the document 750. The daily limits of a few are left to Klaviyo's 429.
  rateLimits: [
    { bucket: "default", limit: 3, perMs: 1_000, window: "sliding", per: "operation" },
    { bucket: "default", limit: 60, perMs: 60_000, window: "sliding", per: "operation" },
    { bucket: "reports", limit: 1, perMs: 1_000, window: "sliding", per: "operation" },
    { bucket: "reports", limit: 2, perMs: 60_000, window: "sliding", per: "operation" },
    { bucket: "xs", limit: 1, perMs: 1_000, window: "sliding", per: "operation" },
    { bucket: "xs", limit: 15, perMs: 60_000, window: "sliding", per: "operation" },
    { bucket: "m", limit: 10, perMs: 1_000, window: "sliding", per: "operation" },
    { bucket: "m", limit: 150, perMs: 60_000, window: "sliding", per: "operation" },
    { bucket: "l", limit: 75, perMs: 1_000, window: "sliding", per: "operation" },
    { bucket: "l", limit: 700, perMs: 60_000, window: "sliding", per: "operation" },
    { bucket: "xl", limit: 350, perMs: 1_000, window: "sliding", per: "operation" },
    { bucket: "xl", limit: 3_500, perMs: 60_000, window: "sliding", per: "operation" },
  ],
  // Of the minute's limit. A 429 has `Retry-After` in their place (the same page).
  rateLimitHeaders: {
    limit: "ratelimit-limit",
    remaining: "ratelimit-remaining",
    reset: { name: "ratelimit-reset", unit: "seconds" },
  },
  // JSON:API's: https://developers.klaviyo.com/en/reference/api_overview
  pagination: [{ kind: "next-url", items: ["data"], next: ["links", "next"] }],
  // `id` is that of the occurrence.
  errors: { message: ["errors", 0, "detail"], code: ["errors", 0, "code"], requestId: ["errors", 0, "id"] },
} as const satisfies ProviderProfile;
