import type { Digests, HashName, HmacKey, Parts } from "./digest.js";

interface Hash {
  update(data: string | Uint8Array): Hash;
  digest(encoding: string): string;
}

/** What we use of `node:crypto`. */
interface NodeCrypto {
  createHmac(hash: string, key: unknown): Hash;
  createSecretKey(bytes: Uint8Array): object;
  createHash(hash: string): Hash;
}

interface ProcessLike {
  getBuiltinModule?(name: string): unknown;
}

const names: Readonly<Record<HashName, string>> = { "SHA-1": "sha1", "SHA-256": "sha256" };

/**
 * By `node:crypto`, where the platform has it (Node, Bun, Deno): at once, where Web Crypto goes by way of another
 * thread, which takes some twenty times as long for one delivery at a time. It is asked for and not imported, so that other
 * platforms and bundlers never see its name.
 */
export function nativeDigests(process: ProcessLike | undefined): Digests | undefined {
  const node = process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined;
  if (node === undefined) return undefined;
  // Node 24 looks at bytes for 40 us before it takes them for a key, and makes one of a text each time.
  const keys = new WeakMap<HmacKey, object>();
  const keyOf = (key: HmacKey) => {
    const known = keys.get(key);
    if (known !== undefined) return known;
    const made = node.createSecretKey(key.bytes);
    keys.set(key, made);
    return made;
  };
  const finish = (hash: Hash, parts: Parts, encoding: string) => {
    for (const part of parts) hash.update(part);
    return hash.digest(encoding);
  };
  return {
    hmac: (hash, key, parts, encoding) => finish(node.createHmac(names[hash], keyOf(key)), parts, encoding),
    hash: (hash, parts, encoding) => finish(node.createHash(names[hash]), parts, encoding),
  };
}
