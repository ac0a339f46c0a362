import { verifyPasscode } from "../crypto/verify-passcode.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { signedEvents } from "../signature/signed-events.js";

/**
 * Figma's webhooks, version 2. Deliveries are not signed, but contain the passcode. Anyone who sees one delivery can
 * forge others: treat a delivery as a hint, and read the current state from Figma's API.
 * https://developers.figma.com/docs/rest-api/webhooks
 */
export const figma: WebhookScheme = {
  id: "figma",
  name: "Figma",
  secret: "the passcode that was given to the webhook when it was created",
  algorithm: { kind: "passcode", verify: verifyPasscode },
  signature: { in: "body", path: ["passcode"], encoding: "hex", read: signedEvents },
  signed: [],
  event: { type: [[{ in: "body", path: ["event_type"] }]] },
};
