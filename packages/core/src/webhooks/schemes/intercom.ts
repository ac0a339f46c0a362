import { unsignedHandshake } from "../delivery/unsigned-handshake.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Intercom, which signs with HMAC-SHA1. Deliveries have no signed time. A HEAD validates the URL when it is registered.
 * Signature, its key and fields: https://developers.intercom.com/docs/references/2.5/webhooks/webhook-models, under "Signing
 * notifications". HEAD: https://developers.intercom.com/docs/webhooks/setting-up-webhooks
 */
export const intercom: WebhookScheme = {
  id: "intercom",
  name: "Intercom",
  secret: "the app's client secret, under Basic information",
  algorithm: { kind: "hmac", hash: "SHA-1", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hub-signature", prefix: "sha1=", encoding: "hex" },
  signed: ["body"],
  handshakes: [{ kind: "head", respondUnsigned: unsignedHandshake }],
  event: { type: [[{ in: "body", path: ["topic"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
