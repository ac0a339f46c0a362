import { ConfigurationError } from "../../errors/connectry-error.js";
import { type BoundedMemo, boundedMemo } from "../../platform/bounded-memo.js";
import type { Bytes } from "../../platform/bytes.js";
import { utf8Encoder } from "../../platform/utf8.js";
import type { KeyFormat } from "../scheme/encodings.js";
import type { SignatureAlgorithm, SignatureScheme } from "../scheme/signature-algorithm.js";
import type { HmacKey } from "./digests.js";
import { decodeBytes } from "./encode-bytes.js";

type HmacAlgorithm = Extract<SignatureAlgorithm, { kind: "hmac" }>;

function decodeText(text: string, encoding: KeyFormat["encoding"]): Bytes | undefined {
  if (encoding === "utf8") return utf8Encoder().encode(text);
  // People copy keys by hand, so upper-case hex and missing padding are accepted.
  if (encoding === "hex") return decodeBytes(text.toLowerCase(), "hex");
  return decodeBytes(text.padEnd(Math.ceil(text.length / 4) * 4, "="), "base64");
}

/**
 * Decodes the key in the text of a secret.
 * @throws ConfigurationError where the secret does not have the scheme's key format.
 */
export function decodeSecret(scheme: SignatureScheme, { encoding, prefix = "" }: KeyFormat, secret: string): Bytes {
  const found = [prefix].flat().find((one) => secret.startsWith(one)) ?? "";
  const bytes = decodeText(secret.slice(found.length), encoding);
  if (bytes !== undefined && bytes.length > 0) return bytes;
  throw new ConfigurationError(
    `${scheme.name}: a secret is not valid ${encoding}: pass ${scheme.secret}, without spaces or line breaks.`,
  );
}

/**
 * Caches the key of each secret of an algorithm. The cache is bounded, because rotation and tenants bring new secrets
 * for as long as a process runs.
 */
export function cachedBySecret<Algorithm extends object, Key extends object>(
  createKey: (scheme: SignatureScheme, algorithm: Algorithm, secret: string) => Key,
): (scheme: SignatureScheme, algorithm: Algorithm, secret: string) => Key {
  const caches = new WeakMap<Algorithm, BoundedMemo<Key, SignatureScheme>>();
  return (scheme, algorithm, secret) => {
    let cache = caches.get(algorithm);
    if (cache === undefined) {
      cache = boundedMemo<Key, SignatureScheme>((text, context) => createKey(context, algorithm, text));
      caches.set(algorithm, cache);
    }
    return cache.get(secret, scheme);
  };
}

/**
 * The HMAC key of a secret, the same object each time.
 * @throws ConfigurationError where the secret does not have the scheme's key format.
 */
export const hmacKeyOf = cachedBySecret(
  (scheme, { hash, key }: HmacAlgorithm, secret): HmacKey => ({ hash, bytes: decodeSecret(scheme, key, secret) }),
);
