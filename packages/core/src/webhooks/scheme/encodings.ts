/**
 * How bytes are encoded as text. Only the canonical encoding of a value is accepted: hex in lower case (`hex`) or in upper
 * case (`hex-upper`), padded base64, base64url without padding.
 */
export type Encoding = "hex" | "hex-upper" | "base64" | "base64url";

/** How a key is encoded in the text of a secret. */
export interface KeyFormat {
  readonly encoding: "utf8" | "hex" | "base64";
  /**
   * What precedes the key and is not a part of it, such as `whsec_`, or several such texts, of which the first that matches
   * is removed. A secret may leave it out. @default ""
   */
  readonly prefix?: string | readonly string[];
}

/**
 * A hash function. SHA-1 and MD5 are weak: collisions of both are known, so use them only where the provider has nothing
 * else. Within HMAC no attack on them is known. MD5 needs `node:crypto` (Node, Bun, Deno).
 */
export type HashName = "SHA-256" | "SHA-384" | "SHA-512" | "SHA-1" | "MD5";

/** The SHA-256 of a text, as UTF-8, or of bytes, in hex. */
export type HashContent = (content: string | Uint8Array) => string | Promise<string>;

/** The text of a body, and whether its signature was verified. */
export interface BodyText {
  readonly text: string;
  readonly isVerified: boolean;
}

/** Formats the URL of a request as a provider may have signed it, in linear time. */
export type UrlFormat = (url: string) => string;
