import { formBody, sortedForm } from "../delivery/form-body.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { twilioUrlFormats } from "../signature/url-formats.js";

/**
 * Twilio. A form is signed by the URL and its fields, JSON by a URL with the hash of the body. There is no timestamp.
 * https://www.twilio.com/docs/usage/security
 */
export const twilio: WebhookScheme = {
  id: "twilio",
  name: "Twilio",
  secret: "the account's auth token",
  algorithm: { kind: "hmac", hash: "SHA-1", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-twilio-signature", encoding: "base64" },
  signed: ["url", { compute: sortedForm }],
  urlFormats: twilioUrlFormats,
  bodyHashQuery: "bodySHA256",
  event: {
    form: formBody,
    type: [
      [{ in: "body", path: ["MessageStatus"] }],
      [{ in: "body", path: ["CallStatus"] }],
      [{ in: "body", path: ["EventType"] }],
    ],
    // A call flow may send the same request twice, such as the same digits to the same question. A retry repeats the token.
    // https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
    withoutId: "nothing",
    id: [[{ in: "header", name: "i-twilio-idempotency-token" }]],
  },
};
