import { formBody } from "../delivery/form-body.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * GitHub. Neither the time nor the id of the delivery is signed, so a replay with another id is not detected.
 * Payloads have up to 25 MB. https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 * https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap
 */
export const github: WebhookScheme = {
  id: "github",
  name: "GitHub",
  secret: "the secret that was given to the webhook when it was created",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hub-signature-256", prefix: "sha256=", encoding: "hex" },
  signed: ["body"],
  maxBodyBytes: 25 * 1_048_576,
  event: {
    form: formBody,
    // For webhooks with the content type application/x-www-form-urlencoded.
    formField: "payload",
    type: [
      [
        { in: "header", name: "x-github-event" },
        { in: "body", path: ["action"] },
      ],
      [{ in: "header", name: "x-github-event" }],
    ],
    id: [[{ in: "header", name: "x-github-delivery" }]],
  },
};
