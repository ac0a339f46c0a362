import { verifyByPublicKey } from "../crypto/verify-by-public-key.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * SendGrid's event webhook. The timestamp is signed, but SendGrid documents no tolerance: set `toleranceMs` to reject
 * late deliveries.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export const sendgrid: WebhookScheme = {
  id: "sendgrid",
  name: "SendGrid",
  secret: "the verification key of the event webhook, a public key",
  algorithm: { kind: "ecdsa-p256", key: { encoding: "base64" }, format: "der", verify: verifyByPublicKey },
  signature: { in: "header", header: "x-twilio-email-event-webhook-signature", encoding: "base64" },
  signed: ["timestamp", "body"],
  timestamp: { header: "x-twilio-email-event-webhook-timestamp", unit: "seconds" },
  event: {
    list: [],
    type: [[{ in: "body", path: ["event"] }]],
    id: [[{ in: "body", path: ["sg_event_id"] }]],
  },
};
