import { rejection } from "../webhooks/scheme/delivery.js";
import type { WebhookScheme } from "../webhooks/scheme/webhook-scheme.js";
import { fetchText, type KeyOptions } from "./fetch-text.js";
import { type KeyRequest, publishedKeys } from "./published-keys.js";
import { tokenAlgorithm } from "./token.js";

/** The options of Google Pub/Sub's scheme. */
export interface GooglePubSubOptions extends KeyOptions {
  /** The audience of the push subscription. Where it names none, Google uses the URL of the endpoint. */
  readonly audience: string;
}

interface KeyList {
  readonly keys: readonly (JsonWebKey & { readonly kid?: string })[];
}

const certificates = "https://www.googleapis.com/oauth2/v3/certs";

/**
 * Push subscriptions of Google Pub/Sub with authentication. The token says who sends, and **not** what: it is the same for many deliveries within
 * an hour, so a party that sees one can send others, and only TLS protects the body. Needs the package `jose`.
 * https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export function googlePubSub({ audience, ...options }: GooglePubSubOptions): WebhookScheme {
  const keys = publishedKeys<KeyList>({
    request: (url) => fetchText(url, options),
    async parse({ status, text }) {
      if (status !== 200) throw new Error(`Google responded with ${status}`);
      return JSON.parse(text) as KeyList;
    },
  });
  const find = async (keyId: string, request: KeyRequest) =>
    (await keys.get(certificates, request)).keys.find(({ kid }) => kid === keyId);
  return {
    id: "google-pubsub",
    name: "Google Pub/Sub",
    secret: "the e-mail address of the service account that the subscription names",
    algorithm: tokenAlgorithm({
      algorithm: "RS256",
      keyId: /^[A-Za-z0-9_-]{1,128}$/,
      issuers: ["https://accounts.google.com", "accounts.google.com"],
      audience,
      async key(keyId, { scheme, clock }) {
        // Google replaces its keys every few days. A list that was fetched within the last minute has all of them.
        const found =
          (await find(keyId, { scheme, clock, maxAgeMs: 3_600_000 })) ??
          (await find(keyId, { scheme, clock, maxAgeMs: 60_000 }));
        if (found !== undefined) return found;
        throw rejection(scheme, "unknown-key", "the provider does not have the key that the token names.");
      },
      matches: ({ email, email_verified: isVerified }, { secret }) => isVerified === true && email === secret,
    }),
    signature: { in: "header", header: "authorization", prefix: "Bearer ", encoding: "base64url" },
    signed: [],
    event: {
      type: [[{ in: "body", path: ["message", "attributes", "eventType"] }], [{ in: "text", text: "message" }]],
      id: [
        [
          { in: "body", path: ["subscription"] },
          { in: "body", path: ["message", "messageId"] },
        ],
      ],
    },
  };
}
