import type { OauthFacts } from "@connectry/core";

/** How HubSpot does OAuth 2: the provider of `oauthAccounts`. */
export const hubspotOauth = {
  id: "hubspot",
  name: "HubSpot",
  authorizeUrl: "https://app.hubspot.com/oauth/authorize",
  // The addresses of v1 end on 2027-02-16: https://developers.hubspot.com/changelog/v1-oauth-api-deprecation
  tokenUrl: "https://api.hubapi.com/oauth/2026-03/token",
  revocation: {
    url: "https://api.hubapi.com/oauth/2026-03/token/revoke",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  clientAuthentication: "body",
  pkce: true,
  response: {
    account: [["hub_id"]],
    scopes: ["scopes"],
    error: { code: ["status"], message: ["message"] },
    invalidGrant: ["BAD_REFRESH_TOKEN"],
  },
  // 30 minutes.
  lifetimeS: 1_800,
  // No page says whether a refresh token is replaced; a response repeats it.
  rotates: "unknown",
  sources: [
    {
      page: "https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide",
      readOn: "2026-11-28",
      facts: ["authorizeUrl", "clientAuthentication", "lifetimeS"],
    },
    {
      page: "https://developers.hubspot.com/docs/api-reference/2026-03/authentication/oauth-tokens/refresh-oauth-token",
      readOn: "2026-11-28",
      facts: ["tokenUrl", "pkce"],
    },
    {
      page: "https://developers.hubspot.com/docs/api-reference/latest/authentication/oauth-tokens/revoke-token",
      readOn: "2026-11-28",
      facts: ["revocation"],
    },
    {
      page: "https://developers.hubspot.com/docs/api-reference/legacy/authentication/oauth-tokens/v1/refresh-oauth-token",
      readOn: "2026-11-28",
      facts: ["response.account", "response.scopes"],
    },
    {
      page: "https://developers.hubspot.com/changelog/new-oauth-v3-api-endpoints-and-standardized-error-responses",
      readOn: "2026-11-28",
      facts: ["response.error", "response.invalidGrant"],
    },
  ],
} as const satisfies OauthFacts;
