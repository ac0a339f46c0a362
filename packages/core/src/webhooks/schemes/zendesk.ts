import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { isoTime } from "../signature/iso-time.js";

/**
 * Zendesk. It documents no tolerance, and whether a retry is signed anew is unconfirmed: set `toleranceMs` to reject late
 * deliveries.
 * https://developer.zendesk.com/documentation/webhooks/verifying/, whose words and code sign the time before the body (an earlier
 * version, which Zendesk has replaced, signed the body first), and https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/
 */
export const zendesk: WebhookScheme = {
  id: "zendesk",
  name: "Zendesk",
  secret: "the signing secret of the webhook",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-zendesk-webhook-signature", encoding: "base64" },
  signed: ["timestamp", "body"],
  timestamp: { header: "x-zendesk-webhook-signature-timestamp", unit: "milliseconds", format: isoTime },
  // A webhook of a trigger has the body that its owner wrote, so it may have neither.
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
