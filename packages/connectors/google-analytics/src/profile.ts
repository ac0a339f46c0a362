import type { ProviderProfile } from "@connectry/core";

/** The facts of the Google Analytics Data API. */
export const profile = {
  id: "google-analytics",
  name: "Google Analytics",
  baseUrl: "https://analyticsdata.googleapis.com",
  // An access token of OAuth, of a user or of a service account; no page names a variable for it.
  auth: { kind: "bearer", env: "GOOGLE_ANALYTICS_TOKEN", accounts: true },
  // `properties/1234` in the path: https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport
  multiSegment: ["property", "parent", "name"],
  body: "json",
  retry: {
    rules: [
      // "If any quota for a property is exhausted, all requests to that property will return Resource Exhausted errors" (the page of PropertyQuota):
      // tokens come back within an hour or a day, a place among the requests at once soon. Unconfirmed: the text, which users report.
      { when: { status: 429, body: { at: ["error", "message"], contains: "tokens" } }, verdict: "failed" },
    ],
  },
  // "Standard Analytics Properties can send up to 10 concurrent requests", Analytics 360 up to 50. It is that of a property, and kept here for all
  // properties of a client together: https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/PropertyQuota
  concurrency: [{ limit: 10 }],
  // No header reports a quota; the body does where a report asks for it by `returnPropertyQuota`.
  rateLimitHeaders: "none",
  rateLimitBody: [
    { remaining: ["propertyQuota", "tokensPerProjectPerHour", "remaining"], reset: { windowMs: 3_600_000 } },
    { remaining: ["propertyQuota", "tokensPerHour", "remaining"], reset: { windowMs: 3_600_000 } },
    { remaining: ["propertyQuota", "tokensPerDay", "remaining"], reset: { windowMs: 86_400_000 } },
    { remaining: ["propertyQuota", "serverErrorsPerProjectPerHour", "remaining"], reset: { windowMs: 3_600_000 } },
  ],
  // Each property has its own.
  quotaNames: { buckets: { default: "property" }, parameters: ["property"] },
  pagination: [
    {
      kind: "offset",
      items: ["rows"],
      into: { in: "body", name: "offset" },
      size: "limit",
      total: ["rowCount"],
    },
    {
      kind: "cursor",
      items: ["audienceExports"],
      from: { body: ["nextPageToken"] },
      into: { in: "query", name: "pageToken" },
    },
  ],
  // https://google.aip.dev/193
  errors: { message: ["error", "message"], code: ["error", "status"] },
} as const satisfies ProviderProfile;
