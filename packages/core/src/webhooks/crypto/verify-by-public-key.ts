import { ConfigurationError } from "../../errors/connectry-error.js";
import type { SignatureCheck } from "../scheme/signature-algorithm.js";
import { decodeBytes } from "./encode-bytes.js";
import { importPublicKey, matchesPublicKey, type PublicKey, type PublicKeyAlgorithm } from "./public-key.js";
import { cachedBySecret, decodeSecret } from "./secret-keys.js";

/**
 * The public key of a secret, imported once. Rejects with a ConfigurationError where the secret is not a public key in
 * the scheme's key format.
 */
const publicKeyOf = /* @__PURE__ */ cachedBySecret(
  async (scheme, algorithm: PublicKeyAlgorithm, secret): Promise<PublicKey> => {
    const bytes = decodeSecret(scheme, algorithm.key, secret);
    return importPublicKey(algorithm, bytes).catch(() => {
      throw new ConfigurationError(`${scheme.name}: a secret is not a public key: pass ${scheme.secret}.`);
    });
  },
);

/** `algorithm.verify` of schemes whose secret is a public key. */
export async function verifyByPublicKey({ scheme, secret, signatures, input }: SignatureCheck): Promise<boolean> {
  const key = await publicKeyOf(scheme, scheme.algorithm as PublicKeyAlgorithm, secret);
  for (const text of signatures) {
    const bytes = decodeBytes(text, scheme.signature.encoding);
    if (bytes !== undefined && (await matchesPublicKey(key, bytes, input))) return true;
  }
  return false;
}
