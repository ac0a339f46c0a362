import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Linear. Only the body is signed, so its `webhookTimestamp` is compared, and not the header `linear-timestamp`. The id of
 * the delivery is in a header that is not signed: a replay with another id is rejected after 60 s.
 * https://linear.app/developers/webhooks
 */
export const linear: WebhookScheme = {
  id: "linear",
  name: "Linear",
  secret: "the webhook's signing secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "linear-signature", encoding: "hex" },
  signed: ["body"],
  timestamp: { body: ["webhookTimestamp"], unit: "milliseconds", toleranceMs: 60_000 },
  event: {
    type: [
      [
        { in: "body", path: ["type"] },
        { in: "body", path: ["action"] },
      ],
      [{ in: "body", path: ["type"] }],
    ],
    id: [[{ in: "header", name: "linear-delivery" }]],
  },
};
