import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Intercom, which signs with HMAC-SHA1. Deliveries have no signed time.
 * https://developers.intercom.com/docs/webhooks/webhook-notifications
 */
export const intercom: WebhookScheme = {
  id: "intercom",
  name: "Intercom",
  secret: "the app's client secret, under Basic information",
  algorithm: { kind: "hmac", hash: "SHA-1", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hub-signature", prefix: "sha1=", encoding: "hex" },
  signed: ["body"],
  event: { type: [[{ in: "body", path: ["topic"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
