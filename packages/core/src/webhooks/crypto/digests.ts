import { ConfigurationError } from "../../errors/connectry-error.js";
import type { Bytes } from "../../platform/bytes.js";
import { concatBytes } from "../../platform/read-capped.js";
import { utf8Encoder } from "../../platform/utf8.js";
import type { Encoding, HashName } from "../scheme/encodings.js";
import { encodeBytes } from "./encode-bytes.js";

/** What is hashed: texts, as UTF-8, and bytes, concatenated. */
export type HashInput = readonly (string | Uint8Array)[];

/** A key of HMAC. The same secret is always the same object, so an imported key can be cached for it. */
export interface HmacKey {
  readonly hash: HashName;
  readonly bytes: Bytes;
}

/** Computes hashes and encodes them as text. A result that is not a promise is used without waiting. */
export interface Digests {
  hmac(key: HmacKey, input: HashInput, encoding: Encoding): string | Promise<string>;
  hash(hash: HashName, input: HashInput, encoding: Encoding): string | Promise<string>;
}

/** The input of a hash as one array of bytes. */
export function toBytes(input: HashInput): Bytes {
  return concatBytes(input.map((part) => (typeof part === "string" ? utf8Encoder().encode(part) : part)));
}

/** @throws ConfigurationError for MD5, which Web Crypto does not have (https://w3c.github.io/webcrypto/#sha). */
function checkHash(hash: HashName): void {
  if (hash !== "MD5") return;
  throw new ConfigurationError("MD5 needs `node:crypto`: Node, Bun, Deno, or Workers with the flag nodejs_compat.");
}

/** Computes hashes with Web Crypto, which every platform has. MD5 rejects with a ConfigurationError that says where it works. */
export function webDigests(): Digests {
  // Importing a key takes longer than using it.
  const keys = new WeakMap<HmacKey, Promise<CryptoKey>>();
  const importKey = (key: HmacKey) => {
    checkHash(key.hash);
    const known = keys.get(key);
    if (known !== undefined) return known;
    const algorithm = { name: "HMAC", hash: key.hash };
    const imported = crypto.subtle.importKey("raw", key.bytes, algorithm, false, ["sign"]);
    keys.set(key, imported);
    return imported;
  };
  return {
    hmac: async (key, input, encoding) =>
      encodeBytes(new Uint8Array(await crypto.subtle.sign("HMAC", await importKey(key), toBytes(input))), encoding),
    hash: async (hash, input, encoding) => {
      checkHash(hash);
      return encodeBytes(new Uint8Array(await crypto.subtle.digest(hash, toBytes(input))), encoding);
    },
  };
}
