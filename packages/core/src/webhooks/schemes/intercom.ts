import { unsignedHandshake } from "../delivery/unsigned-handshake.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Intercom, which signs with HMAC-SHA1. Deliveries have no signed time. A HEAD validates the URL when it is registered.
 * Unconfirmed: that the key is the client secret. Signature and fields:
 * https://developers.intercom.com/intercom-api-reference/v1.0/reference/signed-notifications, where the key was the
 * `hub_secret` of a subscription. HEAD: https://developers.intercom.com/docs/webhooks/setting-up-webhooks
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
