import type { OauthFacts } from "@connectry/core";

/** How Box does OAuth 2 for users: the provider of `oauthAccounts`, whose accounts you name, because the response does not. */
export const boxOauth = {
  id: "box",
  name: "Box",
  authorizeUrl: "https://account.box.com/api/oauth2/authorize",
  tokenUrl: "https://api.box.com/oauth2/token",
  revocation: {
    url: "https://api.box.com/oauth2/revoke",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  clientAuthentication: "body",
  // Unconfirmed: neither the document nor a page of developer.box.com describes it for the API.
  pkce: false,
  // "A new Refresh Token is returned with the new Access Token", and the old one "can be used [...] only once", within 60 days.
  rotates: true,
  sources: [
    {
      page: "https://developer.box.com/guides/authentication/oauth2/without-sdk",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl", "clientAuthentication", "pkce"],
    },
    {
      page: "https://developer.box.com/guides/authentication/tokens/refresh",
      readOn: "2026-11-29",
      facts: ["rotates"],
    },
    {
      page: "https://developer.box.com/guides/authentication/tokens/revoke",
      readOn: "2026-11-29",
      facts: ["revocation"],
    },
  ],
} as const satisfies OauthFacts;
