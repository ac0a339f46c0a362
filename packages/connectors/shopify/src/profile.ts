import type { ProviderProfile } from "@connectry/core";

const cost = ["extensions", "cost"] as const;
const throttleStatus = [...cost, "throttleStatus"] as const;
const requested = [...cost, "requestedQueryCost"] as const;
const available = [...throttleStatus, "currentlyAvailable"] as const;
const perSecond = [...throttleStatus, "restoreRate"] as const;
const code = ["errors", 0, "extensions", "code"] as const;
const path = "/graphql.json";

/** The facts of Shopify's GraphQL Admin API. */
export const profile = {
  id: "shopify",
  name: "Shopify",
  // https://shopify.dev/docs/api/admin-graphql
  baseUrl: "https://{shop}.myshopify.com/admin/api/2026-07",
  // As @shopify/shopify-api 13.1.0 has it (lib/utils/shop-validator), without the domain.
  variables: { shop: { pattern: "[a-zA-Z0-9][a-zA-Z0-9_-]*" } },
  // https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens. No page names an environment variable.
  auth: { kind: "header", name: "x-shopify-access-token", env: "SHOPIFY_ACCESS_TOKEN", accounts: true },
  body: "json",
  graphql: { path, idempotency: { directive: "idempotent", argument: "key" } },
  retry: {
    rules: [
      // A rate limit comes with status 200, and is over when the bucket has the points that the operation requests:
      // https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits
      {
        when: { status: 200, path, body: { at: code, equals: "THROTTLED" } },
        verdict: "throttled",
        until: { needed: requested, available, perSecond },
      },
      // "This error is returned instead of 500 Internal Server Error in most circumstances": a mutation may have been applied.
      // https://shopify.dev/docs/api/admin-graphql#status_and_error_codes
      {
        when: { status: 200, path, body: { at: code, equals: "INTERNAL_SERVER_ERROR" } },
        verdict: "transient",
        maybeApplied: true,
      },
    ],
  },
  // Of the standard plan 100 points per second; responses report the bucket of other plans. The page names no size: 1,000 is the most
  // that one query may cost, and so the least. https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits
  costLimit: {
    bucket: "default",
    size: 1_000,
    perSecond: 100,
    most: 1_000,
    report: {
      size: [...throttleStatus, "maximumAvailable"],
      perSecond,
      available,
      requested,
      actual: [...cost, "actualQueryCost"],
    },
  },
  rateLimitHeaders: "none",
  errors: {
    message: ["errors", 0, "message"],
    code,
    // Before GraphQL is executed, `errors` is one text.
    otherShapes: [{ message: ["errors"] }],
    requestId: "x-request-id",
  },
} as const satisfies ProviderProfile;
