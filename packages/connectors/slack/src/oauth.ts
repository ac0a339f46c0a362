import type { OauthFacts } from "@connectry/core";

/** How Slack does OAuth 2: the provider of `oauthAccounts`. The account is the workspace, or the organization. */
export const slackOauth = {
  id: "slack",
  name: "Slack",
  authorizeUrl: "https://slack.com/oauth/v2/authorize",
  tokenUrl: "https://slack.com/api/oauth.v2.access",
  revocation: { url: "https://slack.com/api/auth.revoke", by: "token" },
  clientAuthentication: "basic",
  scopeSeparator: ",",
  // Slack has PKCE, but an app that uses it once is a public client for good, whose refresh tokens end after 30 days.
  pkce: false,
  response: {
    // Where only scopes of the user were asked for (`user_scope`), the only token is the user's.
    nested: ["authed_user"],
    account: [
      ["team", "id"],
      ["enterprise", "id"],
    ],
    invalidGrant: ["invalid_refresh_token", "token_revoked"],
  },
  // Where the app has token rotation. Without it a token lives until it is revoked, and there is no refresh token.
  rotates: true,
  sources: [
    {
      page: "https://docs.slack.dev/authentication/installing-with-oauth",
      readOn: "2026-11-28",
      facts: ["authorizeUrl", "scopeSeparator"],
    },
    {
      page: "https://docs.slack.dev/reference/methods/oauth.v2.access",
      readOn: "2026-11-28",
      facts: ["tokenUrl", "clientAuthentication", "response.nested", "response.account"],
    },
    { page: "https://docs.slack.dev/authentication/using-token-rotation", readOn: "2026-11-28", facts: ["rotates"] },
    { page: "https://docs.slack.dev/reference/methods/auth.revoke", readOn: "2026-11-28", facts: ["revocation"] },
    { page: "https://docs.slack.dev/changelog/2026/03/30/pkce", readOn: "2026-11-28", facts: ["pkce"] },
    {
      page: "https://docs.slack.dev/reference/methods/tooling.tokens.rotate",
      readOn: "2026-11-28",
      facts: ["response.invalidGrant"],
    },
  ],
} as const satisfies OauthFacts;
