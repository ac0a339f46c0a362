import type { ProviderProfile } from "@connectry/core";

/** The facts of Adyen's Checkout API. */
export const profile = {
  id: "adyen",
  name: "Adyen",
  baseUrl: "https://checkout-test.adyen.com/v72",
  // "A string composed of a hex-encoded random part and your company name": https://docs.adyen.com/development-resources/live-endpoints
  variables: { prefix: { pattern: "[0-9a-zA-Z]+-[0-9a-zA-Z]+" } },
  environments: {
    test: {},
    live: { baseUrl: "https://{prefix}-checkout-live.adyenpayments.com/checkout/v72" },
  },
  // https://docs.adyen.com/development-resources/api-credentials. The variable is that of Adyen's own examples (adyen-examples).
  auth: { kind: "header", name: "x-api-key", env: "ADYEN_API_KEY" },
  body: "json",
  // "A unique identifier for the message with a maximum of 64 characters. We recommend using a UUID":
  // https://docs.adyen.com/development-resources/api-idempotency
  idempotency: { header: "idempotency-key", methods: ["POST"], maxLength: 64 },
  retry: {
    // `true` asks for the same request with the same key. Without it, the error is the stored result of the key (the document:
    // RequestedTestErrorResponseCode).
    shouldRetryHeader: "transient-error",
    rules: [
      // Another request with this key is in progress, and may still be applied. Unconfirmed: the page could not be read to its end;
      // third parties quote this from it. https://docs.adyen.com/development-resources/api-idempotency
      {
        when: { status: [409, 422], body: { at: ["errorCode"], equals: "704" } },
        verdict: "transient",
        maybeApplied: true,
      },
      // "No messaging could be initiated": the next request "will be processed as if it was the first" (the document).
      { when: { headers: { "transient-error": "true" } }, verdict: "transient", notApplied: true },
      // Adyen's own errors repeat their status, those of a gateway do not. "The message could have been received by the issuing party and been
      // acted upon", and the same key only gets the same error (the document).
      { when: { status: 500, body: { at: ["status"], equals: 500 } }, verdict: "failed", maybeApplied: true },
    ],
  },
  // No page that could be read, and no test of Adyen's libraries, has a limit or a header that reports one.
  rateLimitHeaders: "none",
  // `ServiceError` of the document, and for POST /validateShopperId `DefaultErrorResponseEntity`.
  errors: {
    message: ["message"],
    code: ["errorCode"],
    otherShapes: [{ message: ["detail"], code: ["errorCode"] }],
    requestId: ["pspReference"],
  },
} as const satisfies ProviderProfile;
