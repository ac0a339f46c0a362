import { ConfigurationError } from "../errors/connectry-error.js";
import { environmentVariable } from "../platform/environment.js";
import { timingSafeEqual } from "../webhooks/crypto/timing-safe-equal.js";
import { rejection } from "../webhooks/scheme/delivery.js";
import type { WebhookScheme } from "../webhooks/scheme/webhook-scheme.js";
import { fetchText, type KeyOptions } from "./fetch-text.js";
import { publishedKeys } from "./published-keys.js";
import { tokenAlgorithm, tokenTime } from "./token.js";

/** The options of Plaid's scheme. */
export interface PlaidOptions extends KeyOptions {
  /**
   * The client id of the team, which Plaid asks for with the secret when a key is fetched.
   * @default the environment variable PLAID_CLIENT_ID
   */
  readonly clientId?: string | undefined;
  /** The environment that sends the webhooks. @default "production" */
  readonly environment?: "production" | "sandbox" | undefined;
}

interface PlaidKey {
  readonly jwk: JsonWebKey;
  readonly expiredAt: number | null;
}

function clientIdOf(clientId = environmentVariable("PLAID_CLIENT_ID")): string {
  if (clientId) return clientId;
  throw new ConfigurationError("Missing client id of Plaid: pass `clientId` or set PLAID_CLIENT_ID");
}

/**
 * Plaid: a token with the hash of the body. The secret is that of the API, because Plaid's keys are fetched from it. Deliveries have no id.
 * Needs the package `jose`. https://plaid.com/docs/api/webhooks/webhook-verification/
 */
export function plaid({ clientId, environment = "production", ...options }: PlaidOptions = {}): WebhookScheme {
  const url = `https://${environment}.plaid.com/webhook_verification_key/get`;
  const header = "plaid-verification";
  // By the secret, which is in the request: with two of them, a key is fetched with the first that Plaid accepts.
  const sources = new Map<string, ReturnType<typeof keysOf>>();
  const keysOf = (secret: string) =>
    publishedKeys<PlaidKey>({
      request: (keyId) =>
        fetchText(url, options, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ client_id: clientIdOf(clientId), secret, key_id: keyId }),
        }),
      async parse({ status, text }) {
        const body = JSON.parse(text) as { key?: JsonWebKey & { expired_at?: number | null }; error_code?: string };
        if (status === 200 && body.key !== undefined) {
          return { jwk: body.key, expiredAt: body.key.expired_at ?? null };
        }
        // Plaid's errors of a key that it does not have are of the type INVALID_INPUT, as those of wrong API keys.
        if (status === 400 && body.error_code !== "INVALID_API_KEYS") return undefined;
        throw new Error(`Plaid responded with ${status}: check \`clientId\`, \`environment\` and the secret`);
      },
    });
  const keysFor = (secret: string) => {
    let keys = sources.get(secret);
    if (keys === undefined) {
      keys = keysOf(secret);
      sources.set(secret, keys);
      for (const oldest of sources.keys()) {
        if (sources.size > 8) sources.delete(oldest);
      }
    }
    return keys;
  };
  return {
    id: "plaid",
    name: "Plaid",
    secret: "the API secret of the environment",
    algorithm: tokenAlgorithm({
      algorithm: "ES256",
      keyId: /^[A-Za-z0-9_-]{1,64}$/,
      async key(keyId, { scheme, secret, clock }) {
        const { jwk, expiredAt } = await keysFor(secret).get(keyId, { scheme, clock });
        if (expiredAt === null || expiredAt * 1_000 > clock.now()) return jwk;
        throw rejection(scheme, "unknown-key", "the key that the token names has expired.");
      },
      async matches({ request_body_sha256: expected }, { delivery, hash }) {
        return typeof expected === "string" && timingSafeEqual(expected, await hash(delivery.content));
      },
    }),
    signature: { in: "header", header, encoding: "base64url" },
    signed: [],
    timestamp: { header, unit: "seconds", format: tokenTime, toleranceMs: 300_000 },
    event: {
      type: [
        [
          { in: "body", path: ["webhook_type"] },
          { in: "body", path: ["webhook_code"] },
        ],
        [{ in: "body", path: ["webhook_type"] }],
      ],
      withoutId: "request-and-time",
    },
  };
}
