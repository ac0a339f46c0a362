import type { WebhookScheme } from "./webhook-scheme.js";

/**
 * Linear. Only the body is signed. The timestamp is read from a header that is not signed, as Linear's SDK does.
 * https://linear.app/developers/webhooks
 */
export const linear: WebhookScheme = {
  id: "linear",
  name: "Linear",
  secret: "the webhook's signing secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "linear-signature", encoding: "hex" },
  signed: ["body"],
  timestamp: { header: "linear-timestamp", unit: "milliseconds", toleranceMs: 60_000 },
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
