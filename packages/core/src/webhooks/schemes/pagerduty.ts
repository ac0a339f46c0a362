import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * PagerDuty, version 3. While a secret is rotated, there is a `v1` for each secret.
 * https://developer.pagerduty.com/docs/verifying-webhook-signatures (docs/webhooks/04-Signatures.md and 01-Overview.md of
 * PagerDuty/developer-docs), and webhookv3/webhookv3.go of PagerDuty/go-pagerduty.
 */
export const pagerduty: WebhookScheme = {
  id: "pagerduty",
  name: "PagerDuty",
  secret: "the secret of the webhook subscription",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-pagerduty-signature", separator: ",", prefix: "v1=", encoding: "hex" },
  signed: ["body"],
  event: {
    type: [[{ in: "body", path: ["event", "event_type"] }]],
    id: [[{ in: "body", path: ["event", "id"] }]],
  },
};
