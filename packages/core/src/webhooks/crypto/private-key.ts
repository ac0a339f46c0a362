import { ConfigurationError } from "../../errors/connectry-error.js";
import { concatBytes } from "../../platform/read-capped.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { rawToDer } from "./der-signature.js";
import { type HashInput, toBytes } from "./digests.js";
import { encodeBytes } from "./encode-bytes.js";
import { decodeSecret } from "./secret-keys.js";

// PKCS #8 (RFC 8410, section 7) up to the 32 bytes of an Ed25519 seed.
const seedHeader = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/**
 * Signs with a private key: PKCS #8 in PEM or base64 for ECDSA; for Ed25519, PKCS #8 or the seed in the encoding of the
 * scheme's keys.
 * @throws ConfigurationError where the scheme does not use one.
 */
export async function signByPrivateKey(scheme: WebhookScheme, secret: string, input: HashInput): Promise<string> {
  const { algorithm, signature } = scheme;
  const bytes = toBytes(input);
  if (algorithm.kind === "ecdsa-p256") {
    const base64 = secret.replace(/-----[^-]+-----|\s/g, "");
    const pkcs8 = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
    const raw = new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, bytes));
    return encodeBytes(algorithm.format === "der" ? rawToDer(raw) : raw, signature.encoding);
  }
  if (algorithm.kind !== "ed25519") throw new ConfigurationError(`${scheme.name} does not sign with a private key.`);
  const decoded = decodeSecret(scheme, { ...algorithm.key, prefix: "whsk_" }, secret);
  const pkcs8 = decoded.length === 32 ? concatBytes([seedHeader, decoded]) : decoded;
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "Ed25519" }, false, ["sign"]);
  return encodeBytes(new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key, bytes)), signature.encoding);
}
