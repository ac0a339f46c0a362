/** Computes HMACs under one secret. */
export type Hmac = (text: string) => Promise<Uint8Array>;

/** HMAC-SHA-256 (RFC 2104) of UTF-8 texts under a secret. */
export function hmacSha256(secret: string): Hmac {
  const encoder = new TextEncoder();
  const hash = { name: "HMAC", hash: "SHA-256" };
  const key = crypto.subtle.importKey("raw", encoder.encode(secret), hash, false, ["sign"]);
  return async (text) => new Uint8Array(await crypto.subtle.sign("HMAC", await key, encoder.encode(text)));
}

/** The base64url text of bytes, without padding (RFC 4648, section 5). */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
