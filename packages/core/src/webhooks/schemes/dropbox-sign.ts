import { multipartBody } from "../delivery/multipart-body.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { signedEvents } from "../signature/signed-events.js";

/**
 * Dropbox Sign (HelloSign). Only the time and the name of the event are signed, and **not** what it is about: read the current state
 * from its API. The body is a multipart form with JSON in its field `json`. It documents no tolerance.
 * https://developers.hellosign.com/docs/events/walkthrough/, and EventCallbackHelper of `@dropbox/sign`.
 */
export const dropboxSign: WebhookScheme = {
  id: "dropbox-sign",
  name: "Dropbox Sign",
  secret: "the primary API key of the account",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "body", path: ["event", "event_hash"], encoding: "hex", read: signedEvents },
  signed: [{ body: ["event", "event_time"] }, { body: ["event", "event_type"] }],
  timestamp: { body: ["event", "event_time"], unit: "seconds" },
  event: {
    form: multipartBody,
    formField: "json",
    type: [[{ in: "body", path: ["event", "event_type"] }]],
    // A retry has another boundary, so the request does not identify an event.
    id: [
      [
        { in: "body", path: ["event", "event_hash"] },
        { in: "body", path: ["signature_request", "signature_request_id"] },
        { in: "body", path: ["event", "event_metadata", "related_signature_id"] },
      ],
      [
        { in: "body", path: ["event", "event_hash"] },
        { in: "body", path: ["signature_request", "signature_request_id"] },
      ],
      [
        { in: "body", path: ["event", "event_hash"] },
        { in: "body", path: ["template", "template_id"] },
      ],
      [{ in: "body", path: ["event", "event_hash"] }],
    ],
    successStatus: 200,
    successText: "Hello API Event Received",
  },
};
