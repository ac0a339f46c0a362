import type { OauthFacts } from "@connectry/core";

/** How Klaviyo does OAuth 2: the provider of `oauthAccounts`, whose accounts you name, because the response does not. */
export const klaviyoOauth = {
  id: "klaviyo",
  name: "Klaviyo",
  authorizeUrl: "https://www.klaviyo.com/oauth/authorize",
  tokenUrl: "https://a.klaviyo.com/oauth/token",
  revocation: {
    url: "https://a.klaviyo.com/oauth/revoke",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  clientAuthentication: "basic",
  pkce: true,
  // What it responds to a refresh token that is expired or revoked.
  response: { invalidGrant: ["invalid_grant_type"] },
  // `klaviyo-api` keeps the refresh token of each response; no page says whether the old one stays valid.
  rotates: "unknown",
  sources: [
    {
      page: "https://developers.klaviyo.com/.well-known/skills/klaviyo-migrate-oauth/references/pkce-examples.md",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "pkce"],
    },
    {
      page: "https://developers.klaviyo.com/en/docs/set_up_oauth",
      readOn: "2026-11-29",
      facts: ["tokenUrl"],
    },
    {
      page: "https://github.com/klaviyo-labs/node-integration-example/blob/main/index.ts",
      readOn: "2026-11-29",
      facts: ["revocation"],
    },
    {
      page: "https://developers.klaviyo.com/en/docs/troubleshoot_oauth_errors",
      readOn: "2026-11-29",
      facts: ["clientAuthentication", "response.invalidGrant"],
    },
    {
      page: "https://github.com/klaviyo/klaviyo-api-node/blob/main/api/apis.ts",
      readOn: "2026-11-29",
      facts: ["rotates"],
    },
  ],
} as const satisfies OauthFacts;
