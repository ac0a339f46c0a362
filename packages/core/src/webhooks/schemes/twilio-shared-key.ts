import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { twilio } from "./twilio.js";

/**
 * Twilio, for URLs whose webhooks a rule signs with a shared key and HMAC_SHA256, as the header
 * x-twilio-webhooks-signature-settings says. A rule with HMAC_SHA1 has the scheme `twilio`, and the shared key as its secret.
 * https://www.twilio.com/docs/usage/webhooks/webhook-shared-keys
 */
export const twilioSharedKey: WebhookScheme = {
  ...twilio,
  name: "Twilio (shared key)",
  secret: "the secret of the shared key that signs this URL",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
};
