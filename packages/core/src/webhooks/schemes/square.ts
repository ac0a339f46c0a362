import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Square. The URL is signed as it was registered: set `publicUrl` behind a proxy. Deliveries have no timestamp.
 * https://developer.squareup.com/docs/webhooks/step3validate, and src/wrapper/WebhooksHelper.ts of its SDK for Node. That
 * `event_id` identifies an event: https://developer.squareup.com/docs/webhooks
 */
export const square: WebhookScheme = {
  id: "square",
  name: "Square",
  secret: "the signature key of the webhook subscription",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-square-hmacsha256-signature", encoding: "base64" },
  signed: ["url", "body"],
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "body", path: ["event_id"] }]] },
};
