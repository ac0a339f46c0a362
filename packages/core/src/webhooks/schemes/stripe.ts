import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Stripe. Signatures of version `v0` and others are ignored. While a secret is rolled, there is a `v1` for each secret.
 * https://docs.stripe.com/webhooks/signature
 */
export const stripe: WebhookScheme = {
  id: "stripe",
  name: "Stripe",
  secret: "the endpoint's signing secret, whsec_..., in the dashboard under Webhooks",
  // The key is the whole text, including `whsec_`.
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "stripe-signature", separator: ",", prefix: "v1=", encoding: "hex" },
  signed: ["timestamp", { text: "." }, "body"],
  timestamp: { header: "stripe-signature", separator: ",", prefix: "t=", unit: "seconds", toleranceMs: 300_000 },
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
