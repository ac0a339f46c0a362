import type { OauthFacts } from "@connectry/core";

/** How Notion does OAuth 2: the provider of `oauthAccounts`. The account is the bot, since a workspace may have authorized several times. */
export const notionOauth = {
  id: "notion",
  name: "Notion",
  authorizeUrl: "https://api.notion.com/v1/oauth/authorize",
  tokenUrl: "https://api.notion.com/v1/oauth/token",
  revocation: {
    url: "https://api.notion.com/v1/oauth/revoke",
    by: "client",
    send: { token: "access", field: "token" },
  },
  clientAuthentication: "basic",
  body: "json",
  // Unconfirmed: no page of Notion's describes it for its API.
  pkce: false,
  parameters: { authorize: { owner: "user" } },
  response: { account: [["bot_id"]], error: { code: ["code"], message: ["message"] } },
  // "Generating a new access token and new refresh token". No response has the lifetime.
  rotates: true,
  // Unconfirmed by a page that could be read: `owner`, the revocation, and how the client authenticates. The token response is that of its SDK.
  sources: [
    {
      page: "https://developers.notion.com/guides/get-started/authorization",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "parameters", "pkce"],
    },
    {
      page: "https://developers.notion.com/reference/create-a-token",
      readOn: "2026-11-29",
      facts: ["tokenUrl", "clientAuthentication", "body", "response.account"],
    },
    { page: "https://developers.notion.com/reference/refresh-a-token", readOn: "2026-11-29", facts: ["rotates"] },
    { page: "https://developers.notion.com/reference/revoke-token", readOn: "2026-11-29", facts: ["revocation"] },
    { page: "https://developers.notion.com/reference/status-codes", readOn: "2026-11-29", facts: ["response.error"] },
  ],
} as const satisfies OauthFacts;
