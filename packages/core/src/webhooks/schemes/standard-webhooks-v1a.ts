import { verifyByPublicKey } from "../crypto/verify-by-public-key.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Standard Webhooks with a public key, `v1a` (Ed25519).
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooksV1a: WebhookScheme = {
  id: "standard-webhooks",
  name: "Standard Webhooks",
  secret: "the public key of the endpoint, whpk_...",
  algorithm: {
    kind: "ed25519",
    key: { encoding: "base64", prefix: ["whpk_", "v1a,whpk_"] },
    verify: verifyByPublicKey,
  },
  signature: { in: "header", header: "webhook-signature", separator: " ", prefix: "v1a,", encoding: "base64" },
  signed: [{ value: { header: "webhook-id" } }, { text: "." }, "timestamp", { text: "." }, "body"],
  timestamp: { header: "webhook-timestamp", unit: "seconds", toleranceMs: 300_000 },
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "header", name: "webhook-id" }]] },
};
