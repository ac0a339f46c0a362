import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Calendly. Unconfirmed: that deliveries have no id; the tolerance of 3 minutes, which copies of Calendly's example have; and
 * that a retry is signed anew. https://developer.calendly.com/docs/webhooks/overview and
 * https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures
 */
export const calendly: WebhookScheme = {
  id: "calendly",
  name: "Calendly",
  secret: "the signing key of the webhook subscription",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "calendly-webhook-signature", separator: ",", prefix: "v1=", encoding: "hex" },
  signed: ["timestamp", { text: "." }, "body"],
  timestamp: {
    header: "calendly-webhook-signature",
    separator: ",",
    prefix: "t=",
    unit: "seconds",
    toleranceMs: 180_000,
  },
  event: { type: [[{ in: "body", path: ["event"] }]] },
};
