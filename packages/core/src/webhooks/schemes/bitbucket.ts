import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Bitbucket Cloud. The id of the delivery is in a header that is not signed, and there is no timestamp: a replay with another
 * id is processed. Unconfirmed: that a retry has the same id.
 * https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/ (the test has its example), and event-payloads next to
 * it for the headers.
 */
export const bitbucket: WebhookScheme = {
  id: "bitbucket",
  name: "Bitbucket",
  secret: "the secret that was given to the webhook",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hub-signature", prefix: "sha256=", encoding: "hex" },
  signed: ["body"],
  event: {
    type: [[{ in: "header", name: "x-event-key" }]],
    id: [[{ in: "header", name: "x-request-uuid" }]],
    redeliveries: { in: "header", name: "x-attempt-number" },
  },
};
