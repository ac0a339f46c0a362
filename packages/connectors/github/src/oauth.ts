import type { OauthFacts } from "@connectry/core";

/**
 * How GitHub does OAuth 2 for users, of a GitHub App or an OAuth app: the provider of `oauthAccounts`. For installations of a GitHub
 * App there is `githubApp`.
 */
export const githubOauth = {
  id: "github",
  name: "GitHub",
  authorizeUrl: "https://github.com/login/oauth/authorize",
  tokenUrl: "https://github.com/login/oauth/access_token",
  deviceUrl: "https://github.com/login/device/code",
  revocation: {
    url: "https://api.github.com/applications/{client_id}/token",
    method: "DELETE",
    by: "client",
    send: { token: "access", field: "access_token" },
    body: "json",
    clientAuthentication: "basic",
  },
  clientAuthentication: "body",
  pkce: true,
  response: {
    invalidGrant: ["bad_refresh_token"],
  },
  // Of a GitHub App: "that refresh token and the old user access token will no longer work".
  rotates: true,
  sources: [
    {
      page: "https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps",
      readOn: "2026-11-28",
      facts: ["authorizeUrl", "tokenUrl", "deviceUrl", "clientAuthentication"],
    },
    {
      page: "https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens",
      readOn: "2026-11-28",
      facts: ["rotates", "response.invalidGrant"],
    },
    {
      page: "https://docs.github.com/rest/apps/oauth-applications",
      readOn: "2026-11-28",
      facts: ["revocation"],
    },
    {
      page: "https://github.blog/changelog/2025-07-14-pkce-support-for-oauth-and-github-app-authentication",
      readOn: "2026-11-28",
      facts: ["pkce"],
    },
  ],
} as const satisfies OauthFacts;
