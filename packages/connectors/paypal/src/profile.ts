import type { ProviderProfile } from "@connectry/core";

/** The facts of PayPal's REST APIs, of which the document describes Orders. */
export const profile = {
  id: "paypal",
  name: "PayPal",
  baseUrl: "https://api-m.paypal.com",
  // The servers of the document, whose first is the sandbox. Its apps have ids and secrets of their own.
  environments: { live: {}, sandbox: { baseUrl: "https://api-m.sandbox.paypal.com" } },
  // https://developer.paypal.com/api/rest/authentication/. The variables are those of paypal-examples/docs-examples.
  auth: {
    kind: "client-credentials",
    tokenUrl: "/v1/oauth2/token",
    clientAuthentication: "basic",
    clientId: { name: "clientId", env: "PAYPAL_CLIENT_ID" },
    clientSecret: { name: "clientSecret", env: "PAYPAL_CLIENT_SECRET" },
  },
  body: "json",
  // "Not all APIs support this header": those that declare it. A key is stored for 6 hours, says the document.
  // https://developer.paypal.com/reference/guidelines/idempotency
  idempotency: { header: "paypal-request-id", methods: [], maxLength: 108 },
  retry: {
    rules: [
      // The example of https://developer.paypal.com/api/rate-limiting waits for `Retry-After`, or for 30 s.
      { when: { status: 429 }, verdict: "throttled", waitMs: 30_000 },
    ],
  },
  // "PayPal doesn't publish exact rate limits" (the same page), and no header that reports them is documented.
  rateLimitHeaders: "none",
  // `error_default` of the document. The token's own errors have the form of RFC 6749.
  errors: { message: ["message"], code: ["name"], requestId: ["debug_id"] },
} as const satisfies ProviderProfile;
