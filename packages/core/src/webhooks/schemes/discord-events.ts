import { verifyByPublicKey } from "../crypto/verify-by-public-key.js";
import { signedHandshake } from "../delivery/signed-handshake.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * Discord's webhook events, which must be acknowledged with 204 within 3 s. They have no id, so the hash of the body
 * identifies them in the inbox. https://docs.discord.com/developers/events/webhook-events
 */
export const discordEvents: WebhookScheme = {
  id: "discord-events",
  name: "Discord",
  secret: "the application's public key, in hex",
  algorithm: { kind: "ed25519", key: { encoding: "hex" }, verify: verifyByPublicKey },
  signature: { in: "header", header: "x-signature-ed25519", encoding: "hex" },
  signed: ["timestamp", "body"],
  // Discord documents no tolerance. This one is our choice.
  timestamp: { header: "x-signature-timestamp", unit: "seconds", toleranceMs: 300_000 },
  handshakes: [{ kind: "response", when: { path: ["type"], equals: 0 }, status: 204, respond: signedHandshake }],
  event: { type: [[{ in: "body", path: ["event", "type"] }]] },
};
