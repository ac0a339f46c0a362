import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/** Notion. Deliveries have no timestamp. https://developers.notion.com/reference/webhooks */
export const notion: WebhookScheme = {
  id: "notion",
  name: "Notion",
  secret: "the subscription's verification token",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-notion-signature", prefix: "sha256=", encoding: "hex" },
  signed: ["body"],
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
