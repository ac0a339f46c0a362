import { unsignedHandshake } from "../delivery/unsigned-handshake.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Dropbox. A delivery says only whose files changed, and the same accounts change again: each is processed.
 * https://www.dropbox.com/developers/reference/webhooks, and its sample, app.py of dropbox/mdwebhook, for the hex.
 */
export const dropbox: WebhookScheme = {
  id: "dropbox",
  name: "Dropbox",
  secret: "the app secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-dropbox-signature", encoding: "hex" },
  signed: ["body"],
  handshakes: [{ kind: "query-echo", parameter: "challenge", respondUnsigned: unsignedHandshake }],
  event: { type: [], withoutId: "nothing" },
};
