import type { Encoding, HashName } from "../scheme/encodings.js";
import { type Digests, type HashInput, type HmacKey, webDigests } from "./digests.js";

interface Hash {
  update(data: string | Uint8Array): Hash;
  digest(encoding: string): string;
}

/** The part of `node:crypto` that is used here. */
interface NodeCrypto {
  createHmac(hash: string, key: unknown): Hash;
  createSecretKey(bytes: Uint8Array): object;
  createHash(hash: string): Hash;
}

interface ProcessLike {
  getBuiltinModule?(name: string): unknown;
}

/** The name of a hash in `node:crypto`, such as `sha256`. */
const nameOf = (hash: HashName) => hash.replace("-", "").toLowerCase();

/**
 * Computes hashes with `node:crypto`, which Node, Bun and Deno have; undefined on other platforms. Its results are
 * synchronous. Web Crypto uses another thread, and takes some twenty times as long for one delivery at a time. The
 * module is looked up and not imported, so that other platforms and bundlers do not have to resolve it.
 */
export function nodeDigests(process: ProcessLike | undefined): Digests | undefined {
  const node = process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined;
  if (node === undefined) return undefined;
  // Node 24 takes 40 us to check bytes that are used as a key, and converts a text each time, so keys are created once.
  const keys = new WeakMap<HmacKey, object>();
  const secretKeyOf = (key: HmacKey) => {
    const known = keys.get(key);
    if (known !== undefined) return known;
    const created = node.createSecretKey(key.bytes);
    keys.set(key, created);
    return created;
  };
  const finish = (hash: Hash, input: HashInput, encoding: Encoding) => {
    for (const part of input) hash.update(part);
    return encoding === "hex-upper" ? hash.digest("hex").toUpperCase() : hash.digest(encoding);
  };
  return {
    hmac: (key, input, encoding) => finish(node.createHmac(nameOf(key.hash), secretKeyOf(key)), input, encoding),
    hash: (hash, input, encoding) => finish(node.createHash(nameOf(hash)), input, encoding),
  };
}

let fastest: Digests | undefined;

/** The fastest `Digests` of this platform. */
export function platformDigests(): Digests {
  fastest ??= nodeDigests((globalThis as { process?: ProcessLike }).process) ?? webDigests();
  return fastest;
}
