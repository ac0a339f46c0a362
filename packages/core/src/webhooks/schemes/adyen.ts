import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { signedEvents } from "../signature/signed-events.js";

/**
 * Adyen's payment webhooks. Each item is signed by itself, and contains its signature. Only the fields in `signed` are
 * signed: do not trust any other. Not supported: platform webhooks, which have their signature in a header whose name
 * is unconfirmed. https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures
 */
export const adyen: WebhookScheme = {
  id: "adyen",
  name: "Adyen",
  secret: "the webhook's HMAC key, in hex",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "hex" } },
  signature: { in: "body", path: ["additionalData", "hmacSignature"], encoding: "base64", read: signedEvents },
  signed: [
    { body: ["pspReference"] },
    { text: ":" },
    { body: ["originalReference"] },
    { text: ":" },
    { body: ["merchantAccountCode"] },
    { text: ":" },
    { body: ["merchantReference"] },
    { text: ":" },
    { body: ["amount", "value"] },
    { text: ":" },
    { body: ["amount", "currency"] },
    { text: ":" },
    { body: ["eventCode"] },
    { text: ":" },
    { body: ["success"] },
  ],
  event: {
    list: ["notificationItems"],
    item: ["NotificationRequestItem"],
    type: [[{ in: "body", path: ["eventCode"] }]],
    id: [
      [
        { in: "body", path: ["pspReference"] },
        { in: "body", path: ["eventCode"] },
        { in: "body", path: ["success"] },
      ],
    ],
  },
};
