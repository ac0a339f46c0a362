import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { signedEvents } from "../signature/signed-events.js";

/**
 * Mailgun. Only the time and a token are signed, and not the event: anyone who has seen one delivery can send other events with its
 * signature. Set `toleranceMs` to limit how long; Mailgun documents none, and whether a retry is signed anew is unconfirmed.
 * A `parent-signature`, with which the events of a subaccount come too, is not read: use the key of the subaccount.
 * https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks, webhook-payloads next to it, and
 * tests/Api/WebhookTest.php of mailgun/mailgun-php.
 */
export const mailgun: WebhookScheme = {
  id: "mailgun",
  name: "Mailgun",
  secret: "the HTTP webhook signing key, under API security",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "body", path: ["signature", "signature"], encoding: "hex", read: signedEvents },
  signed: [{ body: ["signature", "timestamp"] }, { body: ["signature", "token"] }],
  timestamp: { body: ["signature", "timestamp"], unit: "seconds" },
  event: {
    type: [[{ in: "body", path: ["event-data", "event"] }]],
    id: [[{ in: "body", path: ["event-data", "id"] }]],
  },
};
