import { formBody } from "../delivery/form-body.js";
import { signedHandshake } from "../delivery/signed-handshake.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Slack: events, slash commands and interactions. https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export const slack: WebhookScheme = {
  id: "slack",
  name: "Slack",
  secret: "the app's signing secret, under Basic Information",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-slack-signature", prefix: "v0=", encoding: "hex" },
  signed: [{ text: "v0:" }, "timestamp", { text: ":" }, "body"],
  timestamp: { header: "x-slack-request-timestamp", unit: "seconds", toleranceMs: 300_000 },
  handshakes: [
    {
      kind: "echo",
      when: { path: ["type"], equals: "url_verification" },
      field: "challenge",
      respond: signedHandshake,
    },
  ],
  event: {
    form: formBody,
    formField: "payload",
    type: [
      [{ in: "body", path: ["event", "type"] }],
      [{ in: "body", path: ["type"] }],
      [{ in: "body", path: ["command"] }],
    ],
    // https://docs.slack.dev/apis/events-api/#retries
    redeliveries: { in: "header", name: "x-slack-retry-num" },
    // The same text, typed again into a select menu, is the same request of options.
    withoutId: "nothing",
    id: [[{ in: "body", path: ["event_id"] }], [{ in: "body", path: ["trigger_id"] }]],
  },
};
