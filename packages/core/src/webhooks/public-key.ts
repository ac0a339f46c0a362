import type { Bytes } from "../pipeline/bytes.js";
import { concatBytes } from "./concat-bytes.js";
import { derToRaw } from "./der-signature.js";
import type { Parts } from "./digest.js";
import type { SignatureAlgorithm } from "./scheme.js";

/** The algorithms whose secret is a public key. */
export type PublicKeyAlgorithm = Extract<SignatureAlgorithm, { kind: "ed25519" | "ecdsa-p256" }>;

const imports = {
  ed25519: { format: "raw", name: { name: "Ed25519" }, sign: { name: "Ed25519" } },
  "ecdsa-p256": {
    format: "spki",
    name: { name: "ECDSA", namedCurve: "P-256" },
    sign: { name: "ECDSA", hash: "SHA-256" },
  },
} as const;

const imported = new WeakMap<Uint8Array, Promise<CryptoKey>>();

/** Imports a public key, once for each array of bytes; rejects where the bytes are none. */
export function importPublicKey({ kind }: PublicKeyAlgorithm, bytes: Bytes): Promise<CryptoKey> {
  const known = imported.get(bytes);
  if (known !== undefined) return known;
  const { format, name } = imports[kind];
  const key = crypto.subtle.importKey(format, bytes, name, false, ["verify"]);
  imported.set(bytes, key);
  return key;
}

/** Whether the private half of the key made this signature. */
export async function verifyByPublicKey(
  algorithm: PublicKeyAlgorithm,
  key: CryptoKey,
  signature: Bytes,
  parts: Parts,
): Promise<boolean> {
  const raw = algorithm.kind === "ecdsa-p256" && algorithm.form === "der" ? derToRaw(signature) : signature;
  return raw?.length === 64 && crypto.subtle.verify(imports[algorithm.kind].sign, key, raw, concatBytes(parts));
}
