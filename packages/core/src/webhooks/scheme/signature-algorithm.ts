import type { Clock } from "../../platform/clock.js";
import type { Delivery } from "./delivery.js";
import type { Encoding, HashContent, HashName, KeyFormat } from "./encodings.js";

/** How a signature is computed. */
export type SignatureAlgorithm =
  /** HMAC (RFC 2104) with the secret as its key. */
  | { readonly kind: "hmac"; readonly hash: HashName; readonly key: KeyFormat }
  /** A plain hash of a text that contains the secret: `signed` has the part `secret`. */
  | { readonly kind: "hash"; readonly hash: HashName }
  /** Ed25519 (RFC 8032). The secret is the public key, 32 bytes. `verify` is `verifyByPublicKey`. */
  | { readonly kind: "ed25519"; readonly key: KeyFormat; readonly verify: VerifySignatures }
  /**
   * ECDSA on P-256 with SHA-256. The secret is the public key as SPKI. A raw signature is r and s, 32 bytes each.
   * `verify` is `verifyByPublicKey`.
   */
  | {
      readonly kind: "ecdsa-p256";
      readonly key: KeyFormat;
      readonly format: "der" | "raw";
      readonly verify: VerifySignatures;
    }
  /**
   * The private key of the provider, which publishes the public one. `verify` fetches it by the id that the delivery has: it is one
   * of `@connectry/core/jose`.
   */
  | { readonly kind: "published-key"; readonly verify: VerifySignatures; readonly sign?: SignWithKey }
  /** No signature: the delivery contains the secret itself. `verify` is `verifyPasscode`. */
  | { readonly kind: "passcode"; readonly verify: VerifySignatures };

/** Signatures, and what was signed. */
export interface SignatureCheck {
  readonly scheme: SignatureScheme;
  readonly secret: string;
  /** As sent. */
  readonly signatures: readonly string[];
  /** Texts, as UTF-8, and bytes, concatenated. */
  readonly input: readonly (string | Uint8Array)[];
  readonly hash: HashContent;
  readonly delivery: Delivery;
  /** Where each event is signed by itself. Undefined where the signature covers the delivery. */
  readonly event: unknown;
  readonly clock: Pick<Clock, "now">;
}

/** Whether one of the signatures belongs to the secret. */
export type VerifySignatures = (check: SignatureCheck) => Promise<boolean>;

/** Signs for tests as the provider does, with a private key: PKCS #8 in PEM or base64. */
export type SignWithKey = (input: SignatureCheck["input"], privateKey: string) => Promise<string>;

/** The part of a scheme that its signatures need. */
export interface SignatureScheme {
  /** For keys and errors: `stripe`. */
  readonly id: string;
  /** For messages: `Stripe`. */
  readonly name: string;
  /** What the provider calls the secret, and where to find it. For messages: "pass ...". */
  readonly secret: string;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: { readonly encoding: Encoding };
}
