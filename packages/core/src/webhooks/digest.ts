import { concatBytes } from "./concat-bytes.js";
import { encodeBytes } from "./encode-bytes.js";
import type { Encoding } from "./scheme.js";

/** The hash functions that schemes use. */
export type HashName = "SHA-1" | "SHA-256";

/** What is hashed: texts in UTF-8 and bytes, one after the other. */
export type Parts = readonly (string | Uint8Array)[];

/** Computes hashes. Where the platform can do so at once, it need not be waited for. */
export interface Digests {
  hmac(hash: HashName, key: Uint8Array<ArrayBuffer>, parts: Parts, encoding: Encoding): string | Promise<string>;
  hash(hash: HashName, parts: Parts, encoding: Encoding): string | Promise<string>;
}

/** By Web Crypto, which every platform has. */
export function webDigests(): Digests {
  // To import a key takes longer than to use it.
  const keys = new WeakMap<Uint8Array, Partial<Record<HashName, Promise<CryptoKey>>>>();
  const keyOf = (hash: HashName, key: Uint8Array<ArrayBuffer>) => {
    const imported = keys.get(key) ?? {};
    keys.set(key, imported);
    imported[hash] ??= crypto.subtle.importKey("raw", key, { name: "HMAC", hash }, false, ["sign"]);
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
