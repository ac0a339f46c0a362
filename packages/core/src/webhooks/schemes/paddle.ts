import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Paddle Billing. Its SDKs allow 5 s by default, which a clock that is a little off misses; this tolerance is our choice.
 * https://developer.paddle.com/webhooks/about/signature-verification, and src/notifications/helpers/webhooks-validator.ts of
 * its SDK for Node.
 */
export const paddle: WebhookScheme = {
  id: "paddle",
  name: "Paddle",
  secret: "the secret key of the notification destination, pdl_ntfset_...",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "paddle-signature", separator: ";", prefix: "h1=", encoding: "hex" },
  signed: ["timestamp", { text: ":" }, "body"],
  timestamp: { header: "paddle-signature", separator: ";", prefix: "ts=", unit: "seconds", toleranceMs: 300_000 },
  event: { type: [[{ in: "body", path: ["event_type"] }]], id: [[{ in: "body", path: ["event_id"] }]] },
};
