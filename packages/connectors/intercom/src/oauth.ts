import type { OauthFacts } from "@connectry/core";

/**
 * How Intercom does OAuth 2: the provider of `oauthAccounts`, whose accounts you name, because the response does not. Scopes are chosen in
 * the settings of the app, and not requested.
 */
export const intercomOauth = {
  id: "intercom",
  name: "Intercom",
  authorizeUrl: "https://app.intercom.com/oauth",
  tokenUrl: "https://api.intercom.io/auth/eagle/token",
  clientAuthentication: "body",
  // Unconfirmed: no page of Intercom's describes it.
  pkce: false,
  // There is no refresh token: an access token is valid until it is revoked, which a third party alone says (nango.dev).
  rotates: false,
  sources: [
    {
      page: "https://developers.intercom.com/docs/build-an-integration/learn-more/authentication/setting-up-oauth",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl", "clientAuthentication", "pkce"],
    },
    {
      page: "https://github.com/intercom/omniauth-intercom/blob/master/lib/omniauth/strategies/intercom.rb",
      readOn: "2026-11-29",
      facts: ["authorizeUrl", "tokenUrl"],
    },
    {
      page: "https://nango.dev/docs/api-integrations/intercom/how-to-register-your-own-intercom-api-oauth-app",
      readOn: "2026-11-29",
      facts: ["rotates"],
    },
  ],
} as const satisfies OauthFacts;
