import type { OauthFacts } from "@connectry/core";

/**
 * How Discord does OAuth 2 for users: the provider of `oauthAccounts`, whose accounts you name, because the response does not.
 */
export const discordOauth = {
  id: "discord",
  name: "Discord",
  authorizeUrl: "https://discord.com/oauth2/authorize",
  tokenUrl: "https://discord.com/api/oauth2/token",
  deviceUrl: "https://discord.com/api/v10/oauth2/device/authorize",
  // "Any active access or refresh tokens associated with that authorization will be revoked."
  revocation: {
    url: "https://discord.com/api/oauth2/token/revoke",
    by: "client",
    send: { token: "refresh", field: "token" },
  },
  // Also in the body.
  clientAuthentication: "basic",
  pkce: true,
  // No page says it: a user of Discord's repository reports that each refresh token is for one use, and nobody there contradicts.
  rotates: true,
  sources: [
    {
      page: "https://docs.discord.com/developers/topics/oauth2",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl", "revocation", "clientAuthentication"],
    },
    {
      page: "https://discord.com/.well-known/oauth-authorization-server",
      readOn: "2026-11-29",
      facts: ["pkce", "clientAuthentication"],
    },
    {
      page: "https://docs.discord.com/developers/discord-social-sdk/development-guides/account-linking-on-mobile",
      readOn: "2026-11-29",
      facts: ["pkce"],
    },
    {
      page: "https://docs.discord.com/developers/discord-social-sdk/development-guides/account-linking-on-consoles",
      readOn: "2026-11-29",
      facts: ["deviceUrl"],
    },
    { page: "https://github.com/discord/discord-api-docs/issues/5942", readOn: "2026-11-29", facts: ["rotates"] },
  ],
} as const satisfies OauthFacts;
