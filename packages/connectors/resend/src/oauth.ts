import type { OauthFacts } from "@connectry/core";

/** How Resend does OAuth 2 for its teams: the provider of `oauthAccounts`, whose accounts you name, because the response does not. */
export const resendOauth = {
  id: "resend",
  name: "Resend",
  authorizeUrl: "https://api.resend.com/oauth/authorize",
  tokenUrl: "https://api.resend.com/oauth/token",
  // The refresh token ends all tokens of its consent. An access token cannot be revoked.
  revocation: {
    url: "https://api.resend.com/oauth/revoke",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  issuer: "https://api.resend.com",
  // Of a confidential client (`client_secret_basic`): "each URL-encoded, joined with `:`".
  clientAuthentication: "basic-encoded",
  pkce: true,
  // "rotate on every use", with reuse detection.
  rotates: true,
  lifetimeS: 900,
  sources: [
    {
      page: "https://resend.com/docs/api-reference/oauth/authorize",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "pkce"],
    },
    {
      page: "https://resend.com/docs/api-reference/oauth/token",
      readOn: "2026-11-29",
      facts: ["tokenUrl", "clientAuthentication", "rotates", "lifetimeS"],
    },
    { page: "https://resend.com/docs/api-reference/oauth/revoke", readOn: "2026-11-29", facts: ["revocation"] },
    {
      page: "https://www.resend.com/.well-known/oauth-authorization-server",
      readOn: "2026-11-29",
      facts: ["issuer", "pkce", "clientAuthentication"],
    },
  ],
} as const satisfies OauthFacts;
