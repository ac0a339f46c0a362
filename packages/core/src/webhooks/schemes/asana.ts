import { acceptSecret } from "../delivery/accept-secret.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Asana. The secret comes with the first request, and `onSecret` stores it. An empty list of events is a heartbeat.
 * https://developers.asana.com/docs/webhooks-guide, and for the hex python/webhooks_v5/server.py of Asana/devrel-examples.
 */
export const asana: WebhookScheme = {
  id: "asana",
  name: "Asana",
  secret: "the X-Hook-Secret of the webhook's handshake",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hook-signature", encoding: "hex" },
  signed: ["body"],
  handshakes: [{ kind: "secret", header: "x-hook-secret", respondUnsigned: acceptSecret }],
  event: {
    list: ["events"],
    type: [
      [
        { in: "body", path: ["resource", "resource_type"] },
        { in: "body", path: ["action"] },
      ],
      [{ in: "body", path: ["action"] }],
    ],
  },
};
