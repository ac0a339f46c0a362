import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Shopify's Events, the successor of its webhooks, over HTTPS. Deliveries have no timestamp.
 * https://shopify.dev/docs/apps/build/events/verify-deliveries
 */
export const shopifyEvents: WebhookScheme = {
  id: "shopify-events",
  name: "Shopify (Events)",
  secret: "the app's client secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "shopify-hmac-sha256", encoding: "base64" },
  signed: ["body"],
  event: {
    // In the signed body of every delivery: https://shopify.dev/docs/apps/build/events/delivery-structure
    type: [
      [
        { in: "body", path: ["topic"] },
        { in: "body", path: ["action"] },
      ],
      [{ in: "body", path: ["topic"] }],
    ],
    id: [[{ in: "header", name: "shopify-webhook-id" }]],
  },
};
