import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Sentry's integration platform. The headers with its time and its id are not signed: a replay with another id is processed.
 * https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
 */
export const sentry: WebhookScheme = {
  id: "sentry",
  name: "Sentry",
  secret: "the integration's client secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "sentry-hook-signature", encoding: "hex" },
  signed: ["body"],
  event: {
    type: [
      [
        { in: "header", name: "sentry-hook-resource" },
        { in: "body", path: ["action"] },
      ],
      [{ in: "header", name: "sentry-hook-resource" }],
    ],
    id: [[{ in: "header", name: "request-id" }]],
  },
};
