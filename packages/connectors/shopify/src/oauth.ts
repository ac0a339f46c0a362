import type { OauthFacts } from "@connectry/core";

/** How Shopify does OAuth 2 for apps outside of its admin: the provider of `oauthAccounts`, whose accounts have the variable `shop`. */
export const shopifyOauth = {
  id: "shopify",
  name: "Shopify",
  authorizeUrl: "https://{shop}.myshopify.com/admin/oauth/authorize",
  tokenUrl: "https://{shop}.myshopify.com/admin/oauth/access_token",
  variables: { shop: { pattern: "[a-zA-Z0-9][a-zA-Z0-9_-]*" } },
  clientAuthentication: "body",
  body: "json",
  scopeSeparator: ",",
  // The page lists the parameters of both requests, and none of PKCE.
  pkce: false,
  // A token that expires, with a refresh token: from 2027-01-01 public apps may not use any other. Whether a refresh may have it, too,
  // no page says; Shopify's own package leaves it out.
  parameters: { token: { expiring: "1" } },
  // An hour.
  lifetimeS: 3_600,
  rotates: true,
  // "An app can retry its previously stored refresh token until it starts using the replacement", at most 30 days.
  graceS: 2_592_000,
  sources: [
    {
      page: "https://shopify.dev/docs/apps/build/authentication-authorization/authenticate-standalone-apps",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl", "pkce"],
    },
    {
      page: "https://github.com/Shopify/shopify-app-js/blob/main/packages/apps/shopify-api/lib/auth/oauth/oauth.ts",
      readOn: "2026-11-29",
      facts: ["clientAuthentication", "body", "scopeSeparator", "parameters"],
    },
    {
      page: "https://github.com/Shopify/shopify-app-js/blob/main/packages/apps/shopify-api/lib/utils/shop-validator.ts",
      readOn: "2026-11-29",
      facts: ["variables"],
    },
    {
      page: "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens",
      readOn: "2026-11-29",
      facts: ["lifetimeS", "rotates"],
    },
    {
      page: "https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens",
      readOn: "2026-11-29",
      facts: ["graceS"],
    },
  ],
} as const satisfies OauthFacts;
