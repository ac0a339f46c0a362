import { acceptSecret } from "../delivery/accept-secret.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Notion. Deliveries have no timestamp. The first request has the verification token, which signs all others, and which has to be
 * pasted into the integration's settings. https://developers.notion.com/reference/webhooks, and src/webhooks.ts of `@notionhq/client`.
 */
export const notion: WebhookScheme = {
  id: "notion",
  name: "Notion",
  secret: "the subscription's verification token",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-notion-signature", prefix: "sha256=", encoding: "hex" },
  signed: ["body"],
  handshakes: [
    {
      kind: "body-secret",
      path: ["verification_token"],
      next: "paste it where Notion asks for it: in the settings of the integration, under Webhooks, Verify",
      respondUnsigned: acceptSecret,
    },
  ],
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
