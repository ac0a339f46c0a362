import type { WebhookScheme } from "../scheme.js";

/**
 * Figma's webhooks, version 2: nothing is signed, the passcode is sent along. Whoever sees one delivery can forge
 * others, so take what it says as a hint, and ask Figma. https://developers.figma.com/docs/rest-api/webhooks
 */
export const figma: WebhookScheme = {
  id: "figma",
  name: "Figma",
  secret: "the passcode that was given to the webhook when it was created",
  algorithm: { kind: "passcode" },
  signature: { in: "body", path: ["passcode"], encoding: "hex" },
  signed: [],
  event: { type: [[{ in: "body", path: ["event_type"] }]] },
};
