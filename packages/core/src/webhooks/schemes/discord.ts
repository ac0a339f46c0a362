import { verifyByPublicKey } from "../crypto/verify-by-public-key.js";
import { signedHandshake } from "../delivery/signed-handshake.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Discord's interactions. Discord expects a response with a body, so the handler has to return a `Response`. From time
 * to time it tests an endpoint with wrong signatures, and expects a 401.
 * https://docs.discord.com/developers/interactions/overview
 */
export const discord: WebhookScheme = {
  id: "discord",
  name: "Discord",
  secret: "the application's public key, in hex",
  algorithm: { kind: "ed25519", key: { encoding: "hex" }, verify: verifyByPublicKey },
  signature: { in: "header", header: "x-signature-ed25519", encoding: "hex" },
  signed: ["timestamp", "body"],
  // Discord documents no tolerance. This one is our choice.
  timestamp: { header: "x-signature-timestamp", unit: "seconds", toleranceMs: 300_000 },
  handshakes: [
    { kind: "response", when: { path: ["type"], equals: 1 }, status: 200, body: { type: 1 }, respond: signedHandshake },
  ],
  event: {
    type: [[{ in: "body", path: ["data", "name"] }], [{ in: "body", path: ["type"] }]],
    id: [[{ in: "body", path: ["id"] }]],
  },
};
