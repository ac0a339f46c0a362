/**
 * What names a secret under a key of the user's, without telling anything of it: HMAC-SHA-256 (RFC 2104), its first 192
 * bits as base64url. Remembered for the last key asked with, since a program has one.
 */
export function createFingerprint(secret: string): (keySecret: string) => Promise<string> {
  let last: { readonly keySecret: string; readonly name: Promise<string> } | undefined;
  const encode = (text: string) => new TextEncoder().encode(text);
  const reckon = async (keySecret: string) => {
    const hash = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", encode(keySecret), hash, false, ["sign"]);
    const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, encode(secret)));
    return btoa(String.fromCharCode(...bytes.subarray(0, 24)))
      .replaceAll("+", "-")
      .replaceAll("/", "_");
  };
  return (keySecret) => {
    if (last?.keySecret !== keySecret) last = { keySecret, name: reckon(keySecret) };
    return last.name;
  };
}
