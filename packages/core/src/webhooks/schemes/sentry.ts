import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Sentry's integration platform. The headers with its time and its id are not signed: a replay with another id is processed.
 * Unconfirmed: that a retry has the same `Request-ID`.
 * https://docs.sentry.io/integrations/integration-platform/webhooks/, and verifySentrySignature.ts of Sentry's
 * integration-platform-example.
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
