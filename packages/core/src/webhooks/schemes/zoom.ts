import { hmacHandshake } from "../delivery/hmac-handshake.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Zoom. It documents no tolerance, and whether a retry is signed anew is unconfirmed: set `toleranceMs` to reject late
 * deliveries.
 * https://developers.zoom.us/docs/api/webhooks/, and Zoom's sample, index.js of zoom/webhook-sample.
 */
export const zoom: WebhookScheme = {
  id: "zoom",
  name: "Zoom",
  secret: "the secret token of the app, under Features",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-zm-signature", prefix: "v0=", encoding: "hex" },
  signed: [{ text: "v0:" }, "timestamp", { text: ":" }, "body"],
  timestamp: { header: "x-zm-request-timestamp", unit: "seconds" },
  // https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
  handshakes: [
    {
      kind: "hmac",
      when: { path: ["event"], equals: "endpoint.url_validation" },
      path: ["payload", "plainToken"],
      fields: ["plainToken", "encryptedToken"],
      respond: hmacHandshake,
    },
  ],
  event: { type: [[{ in: "body", path: ["event"] }]], withoutId: "request" },
};
