import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Calendly. The tolerance of 3 minutes is that of Calendly's example. Unconfirmed: that deliveries have no id; and that a retry,
 * which comes for 24 hours, is signed anew. https://developer.calendly.com/api-docs/overview/webhooks/webhook-errors, https://developer.calendly.com/docs/webhooks/overview and
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
