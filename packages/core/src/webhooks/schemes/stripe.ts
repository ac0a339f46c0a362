import type { WebhookScheme } from "../scheme.js";

/**
 * Stripe. `v0` and other versions are passed over; while a secret is rolled there is one `v1` for each.
 * https://docs.stripe.com/webhooks/signature
 */
export const stripe: WebhookScheme = {
  id: "stripe",
  name: "Stripe",
  secret: "the endpoint's signing secret, whsec_..., in the dashboard under Webhooks",
  // The whole text is the key, with its prefix.
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "stripe-signature", separator: ",", prefix: "v1=", encoding: "hex" },
  signed: ["timestamp", { text: "." }, "body"],
  timestamp: { header: "stripe-signature", separator: ",", prefix: "t=", unit: "seconds", toleranceMs: 300_000 },
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
