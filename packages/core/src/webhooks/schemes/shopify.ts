import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Shopify, over HTTPS. Deliveries have no timestamp. Its newer Events are `shopifyEvents`.
 * https://shopify.dev/docs/apps/build/webhooks
 */
export const shopify: WebhookScheme = {
  id: "shopify",
  name: "Shopify",
  secret: "the app's client secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-shopify-hmac-sha256", encoding: "base64" },
  signed: ["body"],
  event: {
    type: [[{ in: "header", name: "x-shopify-topic" }]],
    id: [[{ in: "header", name: "x-shopify-webhook-id" }]],
  },
};
