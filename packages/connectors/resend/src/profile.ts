import type { ProviderProfile } from "@connectry/core";

/** The facts of Resend's API. */
export const profile = {
  id: "resend",
  name: "Resend",
  baseUrl: "https://api.resend.com",
  // https://resend.com/docs/api-reference/introduction#authentication
  // Also tokens of teams: https://resend.com/docs/api-reference/oauth/token
  auth: { kind: "bearer", env: "RESEND_API_KEY", accounts: true },
  body: "json",
  query: "comma",
  // Only the two operations that send emails now take a key, for 24 hours: https://resend.com/docs/dashboard/emails/idempotency-keys
  idempotency: { header: "idempotency-key", methods: [], maxLength: 256 },
  retry: {
    // https://resend.com/docs/api-reference/errors
    rules: [
      // The first request with the key is in progress, and may still be applied.
      {
        when: { status: 409, body: { at: ["name"], equals: "concurrent_idempotent_requests" } },
        verdict: "transient",
        maybeApplied: true,
      },
      // Quotas of a day or a month: a wait of seconds does not help.
      {
        when: { status: 429, body: { at: ["name"], oneOf: ["daily_quota_exceeded", "monthly_quota_exceeded"] } },
        verdict: "failed",
      },
      // A key that does not exist is a 400 of most operations, and was a 403.
      {
        when: { status: [400, 403], body: { at: ["message"], contains: "API key is invalid" } },
        verdict: "reauthenticate",
      },
    ],
  },
  // Requests of a second, of the team. The number is its own: by default 5 (before, 2). https://resend.com/docs/api-reference/rate-limit
  rateLimitHeaders: {
    limit: "ratelimit-limit",
    remaining: "ratelimit-remaining",
    reset: { name: "ratelimit-reset", unit: "seconds" },
  },
  // https://resend.com/docs/api-reference/pagination: the newest item comes first, and `after` leads to older ones.
  pagination: [
    {
      kind: "cursor",
      items: ["data"],
      from: { lastItem: ["id"] },
      into: { in: "query", name: "after" },
      opposite: "before",
      more: ["has_more"],
    },
  ],
  errors: { message: ["message"], code: ["name"] },
} as const satisfies ProviderProfile;
