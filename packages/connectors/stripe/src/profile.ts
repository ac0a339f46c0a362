import type { ProviderProfile } from "@connectry/core";

/** What is particular to Stripe. */
export const profile = {
  id: "stripe",
  name: "Stripe",
  baseUrl: "https://api.stripe.com",
  origins: ["https://files.stripe.com"],
  auth: { kind: "bearer", env: "STRIPE_SECRET_KEY" },
  versionHeader: "stripe-version",
  // Nested forms with brackets, dates as seconds: what every endpoint of v1 takes.
  body: "form-brackets",
  query: "brackets",
  dates: "unix-seconds",
  // https://docs.stripe.com/idempotency
  idempotency: { header: "idempotency-key", methods: ["POST"], maxLength: 255 },
  retry: {
    verdictHeader: "stripe-should-retry",
    // A lock held by another request on the same object: https://docs.stripe.com/error-low-level
    rules: [{ when: { status: 409 }, verdict: "transient" }],
  },
  // In live mode; a sandbox has 25 in all: https://docs.stripe.com/rate-limits
  rateLimits: [
    { bucket: "default", limit: 100, perMs: 1_000 },
    { bucket: "default", limit: 25, perMs: 1_000, per: "operation" },
  ],
  // Nothing tells of a quota but a 429: https://docs.stripe.com/rate-limits
  rateLimitHeaders: "none",
  pagination: [
    // Lists: https://docs.stripe.com/api/pagination
    {
      kind: "cursor",
      items: ["data"],
      from: { lastItem: ["id"] },
      into: { in: "query", name: "starting_after" },
      more: ["has_more"],
    },
    // Searches: https://docs.stripe.com/api/pagination/search
    {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next_page"] },
      into: { in: "query", name: "page" },
      more: ["has_more"],
    },
  ],
  errors: { message: ["error", "message"], code: ["error", "code"], requestId: "request-id" },
} as const satisfies ProviderProfile;
