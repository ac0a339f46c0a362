import type { WebhookScheme } from "../scheme.js";

/**
 * Discord's interactions: an answer is wanted, so let the handler return a Response. Discord tests an endpoint with
 * wrong signatures now and then, and wants a 401. https://docs.discord.com/developers/interactions/overview
 */
export const discord: WebhookScheme = {
  id: "discord",
  name: "Discord",
  secret: "the application's public key, in hex",
  algorithm: { kind: "ed25519", key: { encoding: "hex" } },
  signature: { in: "header", header: "x-signature-ed25519", encoding: "hex" },
  signed: ["timestamp", "body"],
  // Discord documents no tolerance: this one is ours.
  timestamp: { header: "x-signature-timestamp", unit: "seconds", toleranceMs: 300_000 },
  handshakes: [{ kind: "answer", when: { path: ["type"], equals: 1 }, status: 200, body: { type: 1 } }],
  event: {
    type: [[{ in: "body", path: ["data", "name"] }], [{ in: "body", path: ["type"] }]],
    id: [[{ in: "body", path: ["id"] }]],
  },
};
