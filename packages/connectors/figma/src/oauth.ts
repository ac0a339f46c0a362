import type { OauthFacts } from "@connectry/core";

/** How Figma does OAuth 2: the provider of `oauthAccounts`. The account is the user. */
export const figmaOauth = {
  id: "figma",
  name: "Figma",
  authorizeUrl: "https://www.figma.com/oauth",
  tokenUrl: "https://api.figma.com/v1/oauth/token",
  refreshUrl: "https://api.figma.com/v1/oauth/refresh",
  clientAuthentication: "basic",
  scopeSeparator: ",",
  // Unconfirmed: no page that could be read describes it.
  pkce: false,
  response: { account: [["user_id_string"], ["user_id"]] },
  // A refresh responds without another refresh token.
  rotates: false,
  // Its document has the addresses. Unconfirmed by a page that could be read: how the client authenticates, the scopes' comma, what a
  // refresh returns, and the field of the user.
  sources: [
    {
      page: "https://developers.figma.com/docs/rest-api/authentication",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl", "refreshUrl", "clientAuthentication", "scopeSeparator", "pkce"],
    },
    {
      page: "https://developers.figma.com/docs/rest-api/authentication",
      readOn: "2026-11-29",
      facts: ["response", "rotates"],
    },
  ],
} as const satisfies OauthFacts;
