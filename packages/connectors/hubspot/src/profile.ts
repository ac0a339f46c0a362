import type { ProviderProfile } from "@connectry/core";

/** The facts of HubSpot. */
export const profile = {
  id: "hubspot",
  name: "HubSpot",
  baseUrl: "https://api.hubapi.com",
  auth: { kind: "bearer", env: "HUBSPOT_ACCESS_TOKEN", accounts: true },
  body: "json",
  retry: {
    // The body names the limit that was reached. A daily limit is not over in time for a call that waits:
    // https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
    rules: [
      { when: { status: 429, body: { at: ["policyName"], equals: "DAILY" } }, verdict: "failed" },
      {
        when: { status: 429, body: { at: ["policyName"], equals: "TEN_SECONDLY_ROLLING" } },
        verdict: "throttled",
        waitMs: 10_000,
      },
      { when: { status: 429, body: { at: ["message"], contains: "secondly" } }, verdict: "throttled", waitMs: 1_000 },
      // A lock, after many writes of the same kind, lasts for 2 seconds: https://developers.hubspot.com/docs/api-reference/error-handling
      { when: { status: 423 }, verdict: "transient", waitMs: 2_000, notApplied: true },
      // HubSpot is moving the account to another data center.
      { when: { status: 477 }, verdict: "transient", notApplied: true },
    ],
  },
  // The limits of a private app without an add-on; searches have a limit of their own (specs/hubspot):
  // https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
  // A 429 names its window `TEN_SECONDLY_ROLLING`; that the second of searches is a sliding one, too, is not documented.
  rateLimits: [
    { bucket: "default", limit: 100, perMs: 10_000, window: "sliding" },
    { bucket: "search", limit: 4, perMs: 1_000, window: "sliding" },
  ],
  rateLimitHeaders: {
    limit: "x-hubspot-ratelimit-max",
    remaining: "x-hubspot-ratelimit-remaining",
    reset: { name: "x-hubspot-ratelimit-interval-milliseconds", unit: "window-milliseconds" },
  },
  pagination: [
    {
      kind: "cursor",
      items: ["results"],
      from: { body: ["paging", "next", "after"] },
      into: { in: "query", name: "after" },
    },
    // Searches.
    {
      kind: "cursor",
      items: ["results"],
      from: { body: ["paging", "next", "after"] },
      into: { in: "body", name: "after" },
    },
  ],
  errors: { message: ["message"], code: ["category"], requestId: ["correlationId"] },
} as const satisfies ProviderProfile;
