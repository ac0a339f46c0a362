import type { ProviderProfile } from "@connectry/core";

/** The facts of Stripe. */
export const profile = {
  id: "stripe",
  name: "Stripe",
  baseUrl: "https://api.stripe.com",
  origins: ["https://files.stripe.com"],
  auth: { kind: "bearer", env: "STRIPE_SECRET_KEY" },
  versionHeader: "stripe-version",
  // Every endpoint of v1 takes nested forms with brackets, and dates in seconds.
  body: "form-brackets",
  query: "brackets",
  dates: "unix-seconds",
  // https://docs.stripe.com/idempotency
  idempotency: { header: "idempotency-key", methods: ["POST"], maxLength: 255 },
  retry: {
    shouldRetryHeader: "stripe-should-retry",
    // Another request is in progress, perhaps with the same idempotency key, and may still be applied:
    // https://docs.stripe.com/api/errors
    rules: [{ when: { status: 409 }, verdict: "transient", maybeApplied: true }],
  },
  // The limits of live mode; a sandbox has 25 requests per second in all: https://docs.stripe.com/rate-limits
  // The page says "per second" and not how that is counted: as a sliding window it holds for any second.
  rateLimits: [
    { bucket: "default", limit: 100, perMs: 1_000, window: "sliding" },
    { bucket: "default", limit: 25, perMs: 1_000, window: "sliding", per: "operation" },
  ],
  // Only a 429 reports a limit: https://docs.stripe.com/rate-limits
  rateLimitHeaders: "none",
  pagination: [
    // Lists: https://docs.stripe.com/api/pagination
    {
      kind: "cursor",
      items: ["data"],
      from: { lastItem: ["id"] },
      into: { in: "query", name: "starting_after" },
      opposite: "ending_before",
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
