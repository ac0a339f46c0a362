import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/** Calendly. Its documentation proposes a tolerance of 3 minutes. https://developer.calendly.com/api-docs/ZG9jOjM2MzE2MDM4-webhook-signatures */
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
