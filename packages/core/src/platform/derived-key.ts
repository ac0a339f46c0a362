/** An idempotency key that is the same for the same texts, and tells neither: 32 hexadecimal characters. */
export async function derivedKey(run: string, key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${run}\n${key}`));
  return [...new Uint8Array(digest, 0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
