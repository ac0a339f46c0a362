import type { Credential } from "./credential-source.js";

const maxMemoised = 1_000;

/** Names credentials without revealing them: an HMAC under a key that this process made up, memoised. */
export function createTenantIds(): (credential: Credential) => Promise<string> {
  const key = crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const ids = new Map<string, string>();
  return async (credential) => {
    const text = typeof credential === "string" ? credential : JSON.stringify(Object.entries(credential).sort());
    const known = ids.get(text);
    if (known !== undefined) return known;
    const mac = await crypto.subtle.sign("HMAC", await key, new TextEncoder().encode(text));
    const id = Array.from(new Uint8Array(mac, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (ids.size >= maxMemoised) ids.delete(ids.keys().next().value as string);
    ids.set(text, id);
    return id;
  };
}
