import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Klaviyo's system webhooks. The time is an HTTP date, which is signed after the body, and not compared with the clock: Klaviyo
 * documents no tolerance, and the tests of https://github.com/nickdnk/klaviyo-php-sdk have one that is five hours past the time in
 * the body. https://developers.klaviyo.com/en/docs/working_with_system_webhooks
 */
export const klaviyo: WebhookScheme = {
  id: "klaviyo",
  name: "Klaviyo",
  secret: "the secret key that was given to the webhook",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "klaviyo-signature", encoding: "hex" },
  signed: ["body", { value: { header: "klaviyo-timestamp" } }],
  event: {
    list: ["data"],
    type: [[{ in: "body", path: ["topic"] }]],
    id: [
      [
        { in: "body", path: ["topic"] },
        { in: "body", path: ["external_id"] },
      ],
    ],
  },
};
