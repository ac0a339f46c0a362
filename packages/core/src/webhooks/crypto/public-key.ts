import type { Bytes } from "../../platform/bytes.js";
import type { SignatureAlgorithm } from "../scheme/signature-algorithm.js";
import { derToRaw } from "./der-signature.js";
import { type HashInput, toBytes } from "./digests.js";

/** The algorithms whose secret is a public key. */
export type PublicKeyAlgorithm = Extract<SignatureAlgorithm, { kind: "ed25519" | "ecdsa-p256" }>;

/** A public key, ready to verify. */
export interface PublicKey {
  readonly algorithm: PublicKeyAlgorithm;
  readonly key: CryptoKey;
}

// The parameters of Web Crypto.
const parameters = {
  ed25519: { format: "raw", key: { name: "Ed25519" }, signature: { name: "Ed25519" } },
  "ecdsa-p256": {
    format: "spki",
    key: { name: "ECDSA", namedCurve: "P-256" },
    signature: { name: "ECDSA", hash: "SHA-256" },
  },
} as const;

/** Imports a public key. Rejects with the error of Web Crypto where the bytes are not a public key. */
export async function importPublicKey(algorithm: PublicKeyAlgorithm, bytes: Bytes): Promise<PublicKey> {
  const { format, key: parametersOfKey } = parameters[algorithm.kind];
  return { algorithm, key: await crypto.subtle.importKey(format, bytes, parametersOfKey, false, ["verify"]) };
}

/** Whether the signature was made with the private key that belongs to the public key. */
export async function matchesPublicKey(
  { algorithm, key }: PublicKey,
  signature: Bytes,
  input: HashInput,
): Promise<boolean> {
  const raw = algorithm.kind === "ecdsa-p256" && algorithm.format === "der" ? derToRaw(signature) : signature;
  return raw?.length === 64 && crypto.subtle.verify(parameters[algorithm.kind].signature, key, raw, toBytes(input));
}
