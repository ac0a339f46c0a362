import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Mollie's webhooks of the Webhooks API (next-gen). After a secret was replaced, there are two headers for 24 hours.
 * Unconfirmed: those 24 hours, and that `sha256=` is always there: Mollie's SDKs accept a signature without it.
 * Classic webhooks (`webhookUrl` of a payment) are not signed, and have only the id of a payment: see `mollieClassic`.
 * https://docs.mollie.com/reference/webhooks-new, https://docs.mollie.com/reference/webhooks-best-practices, and
 * src/utils/webhooks/signature_validator.ts of mollie/mollie-api-typescript.
 */
export const mollie: WebhookScheme = {
  id: "mollie",
  name: "Mollie",
  secret: "the signing secret of the webhook",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-mollie-signature", separator: ", ", prefix: "sha256=", encoding: "hex" },
  signed: ["body"],
  event: { type: [[{ in: "body", path: ["type"] }]], id: [[{ in: "body", path: ["id"] }]] },
};
