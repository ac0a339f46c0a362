import type { Bytes } from "../pipeline/bytes.js";
import { concatBytes } from "./concat-bytes.js";
import { encodeBytes } from "./encode-bytes.js";
import type { Encoding } from "./scheme.js";

/** The hash functions that schemes use. */
export type HashName = "SHA-1" | "SHA-256";

/** What is hashed: texts in UTF-8 and bytes, one after the other. */
export type Parts = readonly (string | Uint8Array)[];

/** A key of HMAC; the same object each time, so that what is made of it can be kept. */
export interface HmacKey {
  readonly bytes: Bytes;
}

/** Computes hashes. Where the platform can do so at once, it need not be waited for. */
export interface Digests {
  hmac(hash: HashName, key: HmacKey, parts: Parts, encoding: Encoding): string | Promise<string>;
  hash(hash: HashName, parts: Parts, encoding: Encoding): string | Promise<string>;
}

/** By Web Crypto, which every platform has. */
export function webDigests(): Digests {
  // To import a key takes longer than to use it.
  const keys = new WeakMap<HmacKey, Partial<Record<HashName, Promise<CryptoKey>>>>();
  const keyOf = (hash: HashName, key: HmacKey) => {
    const imported = keys.get(key) ?? {};
    keys.set(key, imported);
    imported[hash] ??= crypto.subtle.importKey("raw", key.bytes, { name: "HMAC", hash }, false, ["sign"]);
    return imported[hash];
  };
  return {
    hmac: async (hash, key, parts, encoding) =>
      encodeBytes(
        new Uint8Array(await crypto.subtle.sign("HMAC", await keyOf(hash, key), concatBytes(parts))),
        encoding,
      ),
    hash: async (hash, parts, encoding) =>
      encodeBytes(new Uint8Array(await crypto.subtle.digest(hash, concatBytes(parts))), encoding),
  };
}
