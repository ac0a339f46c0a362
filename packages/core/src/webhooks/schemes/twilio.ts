import { formBody, sortedForm } from "../delivery/form-body.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { twilioUrlFormats } from "../signature/url-formats.js";

/**
 * Twilio, with the account's auth token. A form is signed by the URL and its fields, JSON by a URL with the hash of the body. There is no timestamp.
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
    // The status of a recording or a transcription would otherwise look like that of a call.
    type: [
      // https://www.twilio.com/docs/voice/twiml/conference https://www.twilio.com/docs/video/api/status-callbacks
      [{ in: "body", path: ["StatusCallbackEvent"] }],
      // https://www.twilio.com/docs/voice/twiml/transcription
      [{ in: "body", path: ["TranscriptionEvent"] }],
      // https://www.twilio.com/docs/voice/twiml/stream
      [{ in: "body", path: ["StreamEvent"] }],
      // https://www.twilio.com/docs/voice/api/recording
      [
        { in: "text", text: "recording" },
        { in: "body", path: ["RecordingStatus"] },
      ],
      // https://www.twilio.com/docs/voice/twiml/record
      [
        { in: "text", text: "transcription" },
        { in: "body", path: ["TranscriptionStatus"] },
      ],
      // TaskRouter, Conversations, Sync: https://www.twilio.com/docs/taskrouter/api/event/reference
      [{ in: "body", path: ["EventType"] }],
      [{ in: "body", path: ["MessageStatus"] }],
      // https://www.twilio.com/docs/voice/twiml/dial
      [
        { in: "text", text: "dial" },
        { in: "body", path: ["DialCallStatus"] },
      ],
      [{ in: "body", path: ["CallStatus"] }],
      // An incoming message has no MessageStatus, but the SmsStatus "received".
      [{ in: "body", path: ["SmsStatus"] }],
    ],
    // A call flow may send the same request twice, such as the same digits to the same question. A retry repeats the token.
    // https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
    withoutId: "nothing",
    id: [[{ in: "header", name: "i-twilio-idempotency-token" }]],
  },
};
