import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Lemon Squeezy. Deliveries have neither a timestamp nor an id: the same body is the same event.
 * https://docs.lemonsqueezy.com/help/webhooks/signing-requests, and its own receiver, src/app/api/webhook/route.ts of
 * lmsqueezy/nextjs-billing.
 */
export const lemonsqueezy: WebhookScheme = {
  id: "lemonsqueezy",
  name: "Lemon Squeezy",
  secret: "the signing secret that was given to the webhook",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-signature", encoding: "hex" },
  signed: ["body"],
  event: { type: [[{ in: "body", path: ["meta", "event_name"] }]] },
};
