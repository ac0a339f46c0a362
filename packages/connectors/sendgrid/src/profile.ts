import type { ProviderProfile } from "@connectry/core";

/** The facts of SendGrid's API. */
export const profile = {
  id: "sendgrid",
  name: "SendGrid",
  baseUrl: "https://api.sendgrid.com/v3",
  // The subusers of a region have a host of their own:
  // https://www.twilio.com/docs/sendgrid/api-reference/users-api/retrieve-your-username
  environments: { global: {}, eu: { baseUrl: "https://api.eu.sendgrid.com/v3" } },
  // https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/authentication
  auth: { kind: "bearer", env: "SENDGRID_API_KEY" },
  body: "json",
  query: "comma",
  // "Generates the API call as if the Subuser or customer account is making the call":
  // https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/on-behalf-of
  tenantHeaders: ["on-behalf-of"],
  retry: {
    rules: [
      // The plan's emails are used up until its next day or month, which no other key changes:
      // https://support.sendgrid.com/hc/en-us/articles/18322114821403-4XX-API-Errors-and-Troubleshooting-Suggestions
      {
        when: { status: 401, body: { at: ["errors", 0, "message"], contains: "credits exceeded" } },
        verdict: "failed",
      },
    ],
  },
  // No numbers: "Depending on the endpoint you are trying to reach, it will have a specific number of allowed requests per refresh period."
  // https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/rate-limits, whose reset is a time. Users of the
  // API report seconds, too: a number that can only be a time is read as one.
  rateLimitHeaders: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: { name: "x-ratelimit-reset", unit: "seconds" },
  },
  quotaNames: { perOperation: true },
  // Three ways, by the operation: https://www.twilio.com/docs/sendgrid/api-reference
  pagination: [
    { kind: "offset", items: [], into: { in: "query", name: "offset" }, size: "limit" },
    { kind: "next-url", items: ["result"], next: ["_metadata", "next"] },
    { kind: "page-number", items: "by-path", into: { in: "query", name: "page" }, first: 1 },
  ],
  // https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/errors; pools of addresses have a single `error`.
  errors: { message: ["errors", 0, "message"], otherShapes: [{ message: ["error"] }, { message: ["message"] }] },
} as const satisfies ProviderProfile;
