import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Standard Webhooks with a shared secret, `v1`. Used by OpenAI and many others.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: WebhookScheme = {
  id: "standard-webhooks",
  name: "Standard Webhooks",
  secret: "the signing secret of the endpoint, whsec_...",
  // Supabase writes the version of the signature before the secret: https://supabase.com/docs/guides/auth/auth-hooks
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "base64", prefix: ["whsec_", "v1,whsec_"] } },
  signature: { in: "header", header: "webhook-signature", separator: " ", prefix: "v1,", encoding: "base64" },
  signed: [{ value: { header: "webhook-id" } }, { text: "." }, "timestamp", { text: "." }, "body"],
  timestamp: { header: "webhook-timestamp", unit: "seconds", toleranceMs: 300_000 },
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "header", name: "webhook-id" }]] },
};
