import type { ProviderProfile } from "@connectry/core";

/** The facts of Twilio. */
export const profile = {
  id: "twilio",
  name: "Twilio",
  baseUrl: "https://api.twilio.com",
  origins: ["https://messaging.twilio.com", "https://verify.twilio.com"],
  auth: {
    kind: "basic",
    username: { name: "accountSid", env: "TWILIO_ACCOUNT_SID" },
    password: { name: "authToken", env: "TWILIO_AUTH_TOKEN" },
  },
  // Every path of the 2010 API names the account: by default that of the credential.
  pathDefaults: { AccountSid: "accountSid" },
  // A list is a repeated field, an object one field of JSON, as Twilio's own client sends them:
  // https://github.com/twilio/twilio-node/blob/main/src/base/serialize.ts
  body: "form-repeat",
  // No `rateLimits`, because Twilio publishes no rate: it limits the concurrent requests of an account. A request that gets a 429
  // (20429) was not processed, so it is sent again, whatever its operation: https://www.twilio.com/docs/api/errors/20429
  rateLimitHeaders: "none",
  pagination: [
    { kind: "next-url", items: "by-path", next: ["next_page_uri"] },
    { kind: "next-url", items: "by-path", next: ["meta", "next_page_url"] },
  ],
  errors: { message: ["message"], code: ["code"], requestId: "twilio-request-id" },
} as const satisfies ProviderProfile;
