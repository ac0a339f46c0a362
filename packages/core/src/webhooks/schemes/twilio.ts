import type { WebhookScheme } from "../scheme.js";

/**
 * Twilio: forms by address and fields, JSON by an address that carries the hash of the body. No time is signed.
 * https://www.twilio.com/docs/usage/security
 */
export const twilio: WebhookScheme = {
  id: "twilio",
  name: "Twilio",
  secret: "the account's auth token",
  algorithm: { kind: "hmac", hash: "SHA-1", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-twilio-signature", encoding: "base64" },
  signed: ["url", "sorted-form"],
  // Twilio signs the address that it was given, with its port or without; older back ends signed an escaped query.
  urlForms: [
    "without-port",
    "with-port",
    "normalised",
    "normalised-with-port",
    "legacy-query",
    "legacy-query-with-port",
  ],
  bodyHashQuery: "bodySHA256",
  event: {
    type: [
      [{ in: "body", path: ["MessageStatus"] }],
      [{ in: "body", path: ["CallStatus"] }],
      [{ in: "body", path: ["EventType"] }],
    ],
    id: [[{ in: "header", name: "i-twilio-idempotency-token" }]],
  },
};
