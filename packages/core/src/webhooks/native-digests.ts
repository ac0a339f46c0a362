import type { Digests, HashName, Parts } from "./digest.js";

interface Hash {
  update(data: string | Uint8Array): Hash;
  digest(encoding: string): string;
}

/** What we use of `node:crypto`. */
interface NodeCrypto {
  createHmac(hash: string, key: Uint8Array): Hash;
  createHash(hash: string): Hash;
}

interface ProcessLike {
  getBuiltinModule?(name: string): unknown;
}

const names: Readonly<Record<HashName, string>> = { "SHA-1": "sha1", "SHA-256": "sha256" };

/**
 * By `node:crypto`, where the platform has it (Node, Bun, Deno): at once, where Web Crypto goes by way of another
 * thread, which takes some twenty times as long for a delivery. It is asked for and not imported, so that other
 * platforms and bundlers never see its name.
 */
export function nativeDigests(process: ProcessLike | undefined): Digests | undefined {
  const node = process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined;
  if (node === undefined) return undefined;
  const finish = (hash: Hash, parts: Parts, encoding: string) => {
    for (const part of parts) hash.update(part);
    return hash.digest(encoding);
  };
  return {
    hmac: (hash, key, parts, encoding) => finish(node.createHmac(names[hash], key), parts, encoding),
    hash: (hash, parts, encoding) => finish(node.createHash(names[hash]), parts, encoding),
  };
}
