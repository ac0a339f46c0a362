import type { OauthFacts } from "@connectry/core";

/** How Asana does OAuth 2: the provider of `oauthAccounts`. The account is the user. */
export const asanaOauth = {
  id: "asana",
  name: "Asana",
  authorizeUrl: "https://app.asana.com/-/oauth_authorize",
  tokenUrl: "https://app.asana.com/-/oauth_token",
  // "The refresh token that should be deauthorized. Bearer tokens will be rejected."
  revocation: {
    url: "https://app.asana.com/-/oauth_revoke",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  clientAuthentication: "body",
  pkce: true,
  // The page has `id`, the API `gid`.
  response: {
    account: [
      ["data", "gid"],
      ["data", "id"],
    ],
  },
  // "This can be repeated for as long as the user has authorized the application": no response to a refresh has another refresh token.
  rotates: false,
  // The text of the page is that of source/includes/markdown/_auth.html.md of Asana/developer-docs, of September 2024; the page itself
  // could be read to its overview, with the addresses.
  sources: [
    {
      page: "https://developers.asana.com/docs/oauth",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl", "revocation", "clientAuthentication", "pkce"],
    },
    { page: "https://developers.asana.com/docs/oauth", readOn: "2026-11-29", facts: ["response.account", "rotates"] },
  ],
} as const satisfies OauthFacts;
