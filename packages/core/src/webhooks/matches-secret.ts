import { ConfigurationError } from "../errors/configuration-error.js";
import { decodeKey } from "./decode-key.js";
import type { Digests, Parts } from "./digest.js";
import { decodeBytes } from "./encode-bytes.js";
import { importPublicKey, type PublicKeyAlgorithm, verifyByPublicKey } from "./public-key.js";
import { sameText } from "./same-text.js";
import type { SignatureAlgorithm, WebhookScheme } from "./scheme.js";

async function importSecret(scheme: WebhookScheme, algorithm: PublicKeyAlgorithm, secret: string): Promise<CryptoKey> {
  try {
    return await importPublicKey(algorithm, decodeKey(scheme, algorithm.key, secret).bytes);
  } catch (error) {
    if (ConfigurationError.isInstance(error)) throw error;
    throw new ConfigurationError(`${scheme.name}: a secret is no public key. Give ${scheme.secret}.`);
  }
}

/** What a secret expects a signature to be, as text. */
function expectedText(
  scheme: WebhookScheme,
  algorithm: Extract<SignatureAlgorithm, { kind: "hmac" | "hash" }>,
  secret: string,
  parts: Parts,
  digests: Digests,
): string | Promise<string> {
  const { encoding } = scheme.signature;
  if (algorithm.kind === "hash") return digests.hash(algorithm.hash, parts, encoding);
  return digests.hmac(algorithm.hash, decodeKey(scheme, algorithm.key, secret), parts, encoding);
}

async function matchesPasscode(secret: string, signatures: readonly string[], digests: Digests): Promise<boolean> {
  // Hashes are of one length, whatever the passcode's is.
  const hashed = await Promise.all([secret, ...signatures].map((text) => digests.hash("SHA-256", [text], "hex")));
  return hashed.slice(1).some((hash) => sameText(hash, hashed[0] ?? ""));
}

async function matchesPublicKey(
  scheme: WebhookScheme,
  algorithm: PublicKeyAlgorithm,
  secret: string,
  signatures: readonly string[],
  parts: Parts,
): Promise<boolean> {
  const key = await importSecret(scheme, algorithm, secret);
  for (const text of signatures) {
    const bytes = decodeBytes(text, scheme.signature.encoding);
    if (bytes !== undefined && (await verifyByPublicKey(algorithm, key, bytes, parts))) return true;
  }
  return false;
}

// All are compared, so that the time tells nothing of which one was right.
const isAmong = (signatures: readonly string[], expected: string) =>
  signatures.reduce((found, text) => sameText(expected, text) || found, false);

/**
 * Whether one of the signatures was made with a secret over what was signed; at once, where the platform can. Texts are
 * compared and not the bytes they stand for, so no second spelling of a signature passes.
 */
export function matchesSecret(
  scheme: WebhookScheme,
  secret: string,
  signatures: readonly string[],
  parts: Parts,
  digests: Digests,
): boolean | Promise<boolean> {
  const { algorithm } = scheme;
  if (algorithm.kind === "passcode") return matchesPasscode(secret, signatures, digests);
  if (algorithm.kind === "ed25519" || algorithm.kind === "ecdsa-p256") {
    return matchesPublicKey(scheme, algorithm, secret, signatures, parts);
  }
  const expected = expectedText(scheme, algorithm, secret, parts, digests);
  if (typeof expected === "string") return isAmong(signatures, expected);
  return expected.then((text) => isAmong(signatures, text));
}
