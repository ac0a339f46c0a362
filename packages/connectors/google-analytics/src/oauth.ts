import type { OauthFacts } from "@connectry/core";

/** How Google does OAuth 2: the provider of `oauthAccounts`. No response names an account: pass one to `begin`. */
export const googleAnalyticsOauth = {
  id: "google-analytics",
  name: "Google Analytics",
  authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
  tokenUrl: "https://oauth2.googleapis.com/token",
  revocation: {
    url: "https://oauth2.googleapis.com/revoke",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  clientAuthentication: "body",
  pkce: true,
  // Without them Google issues no refresh token, or only with the first consent.
  parameters: { authorize: { access_type: "offline", prompt: "consent" } },
  // A refresh responds without another refresh token.
  rotates: false,
  // Unconfirmed by a page that could be read here: the pages below are Google's own for these facts.
  sources: [
    {
      page: "https://developers.google.com/identity/protocols/oauth2/web-server",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl", "revocation", "clientAuthentication", "parameters", "rotates"],
    },
    {
      page: "https://developers.google.com/identity/protocols/oauth2/native-app",
      readOn: "2026-11-29",
      facts: ["pkce"],
    },
  ],
} as const satisfies OauthFacts;
