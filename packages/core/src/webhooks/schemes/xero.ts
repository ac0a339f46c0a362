import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Xero. Its "intent to receive" sends lists without events, signed rightly and wrongly, and expects 200 and 401: both are
 * as for any delivery. https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/, for the fields
 * xero-webhooks.yaml of XeroAPI/Xero-OpenAPI, and for a delivery https://github.com/XeroAPI/XeroWebhooksReceiver/issues/1
 */
export const xero: WebhookScheme = {
  id: "xero",
  name: "Xero",
  secret: "the webhook key of the app",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-xero-signature", encoding: "base64" },
  signed: ["body"],
  event: {
    list: ["events"],
    // Xero accepts only 200 without a body.
    successStatus: 200,
    type: [
      [
        { in: "body", path: ["eventCategory"] },
        { in: "body", path: ["eventType"] },
      ],
    ],
    // Events have no id of their own. Their time has milliseconds.
    id: [
      [
        { in: "body", path: ["resourceId"] },
        { in: "body", path: ["eventType"] },
        { in: "body", path: ["eventDateUtc"] },
      ],
    ],
  },
};
