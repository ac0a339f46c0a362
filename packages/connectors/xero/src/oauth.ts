import type { OauthFacts } from "@connectry/core";

/** How Xero does OAuth 2: the provider of `oauthAccounts`, whose accounts you name, because the response does not. */
export const xeroOauth = {
  id: "xero",
  name: "Xero",
  authorizeUrl: "https://login.xero.com/identity/connect/authorize",
  tokenUrl: "https://identity.xero.com/connect/token",
  // xero-node revokes the refresh token, which disconnects all organizations of the user. Unconfirmed by a page: the address, which it discovers.
  revocation: {
    url: "https://identity.xero.com/connect/revocation",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  clientAuthentication: "basic",
  // xero-node sends none for apps with a secret. Unconfirmed: whether Xero verifies it for them, as for those without (net-desktop-pkce-example).
  pkce: false,
  // "You get a new refresh token with the new access token", and "can retry refreshing the old token for a grace period of 30 minutes".
  rotates: true,
  graceS: 1_800,
  sources: [
    {
      page: "https://github.com/XeroAPI/xero-node/blob/cfc658ff72e9d8c1b223a0f7ef5d00dcdb4bbf40/src/XeroClient.ts",
      readOn: "2026-11-29",
      facts: ["tokenUrl", "clientAuthentication", "revocation", "pkce"],
    },
    {
      page: "https://github.com/XeroAPI/Xero-OpenAPI/blob/e952d0bda3628facbf7afc5990ad6a0e7e77bd1e/xero-identity.yaml",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl"],
    },
    {
      page: "https://community.xero.com/developer/discussion/105714701/",
      readOn: "2026-11-29",
      facts: ["rotates", "graceS"],
    },
  ],
} as const satisfies OauthFacts;
