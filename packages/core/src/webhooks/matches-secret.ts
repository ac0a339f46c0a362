import { ConfigurationError } from "../errors/configuration-error.js";
import { decodeKey } from "./decode-key.js";
import type { Digests, Parts } from "./digest.js";
import { decodeBytes } from "./encode-bytes.js";
import { importPublicKey, type PublicKeyAlgorithm, verifyByPublicKey } from "./public-key.js";
import { sameText } from "./same-text.js";
import type { WebhookScheme } from "./scheme.js";

async function importSecret(scheme: WebhookScheme, algorithm: PublicKeyAlgorithm, secret: string): Promise<CryptoKey> {
  try {
    return await importPublicKey(algorithm, decodeKey(scheme, algorithm.key, secret));
  } catch (error) {
    if (ConfigurationError.isInstance(error)) throw error;
    throw new ConfigurationError(`${scheme.name}: a secret is no public key. Give ${scheme.secret}.`);
  }
}

/** What a secret expects a signature to be, as text. */
function expectedText(
  scheme: WebhookScheme,
  secret: string,
  parts: Parts,
  digests: Digests,
): string | Promise<string> | undefined {
  const { algorithm, signature } = scheme;
  if (algorithm.kind === "hmac") {
    return digests.hmac(algorithm.hash, decodeKey(scheme, algorithm.key, secret), parts, signature.encoding);
  }
  return algorithm.kind === "hash" ? digests.hash(algorithm.hash, parts, signature.encoding) : undefined;
}

/**
 * Whether one of the signatures was made with a secret over what was signed. Texts are compared and not the bytes they
 * stand for, so no second spelling of a signature passes.
 */
export async function matchesSecret(
  scheme: WebhookScheme,
  secret: string,
  signatures: readonly string[],
  parts: Parts,
  digests: Digests,
): Promise<boolean> {
  const { algorithm, signature } = scheme;
  if (algorithm.kind === "passcode") {
    // Hashes are of one length, whatever the passcode's is.
    const hashed = await Promise.all([secret, ...signatures].map((text) => digests.hash("SHA-256", [text], "hex")));
    return hashed.slice(1).some((hash) => sameText(hash, hashed[0] ?? ""));
  }
  if (algorithm.kind === "ed25519" || algorithm.kind === "ecdsa-p256") {
    const key = await importSecret(scheme, algorithm, secret);
    for (const text of signatures) {
      const bytes = decodeBytes(text, signature.encoding);
      if (bytes !== undefined && (await verifyByPublicKey(algorithm, key, bytes, parts))) return true;
    }
    return false;
  }
  const made = expectedText(scheme, secret, parts, digests);
  const expected = typeof made === "string" ? made : ((await made) ?? "");
  // All are compared, so that the time tells nothing of which one was right.
  return signatures.filter((text) => sameText(expected, text)).length > 0;
}
