import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Typeform. Deliveries have no timestamp. Unconfirmed: that a retry has the same `event_id`.
 * https://www.typeform.com/developers/webhooks/secure-your-webhooks/
 */
export const typeform: WebhookScheme = {
  id: "typeform",
  name: "Typeform",
  secret: "the secret that was given to the webhook",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "typeform-signature", prefix: "sha256=", encoding: "base64" },
  signed: ["body"],
  event: { type: [[{ in: "body", path: ["event_type"] }]], id: [[{ in: "body", path: ["event_id"] }]] },
};
