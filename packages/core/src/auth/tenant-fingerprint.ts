import type { Tenant } from "../pipeline/call.js";

// By the tenant's own function, which is the same for all calls of a credential, and by the user's key.
const known = new WeakMap<Tenant["derive"], Map<string, Promise<string>>>();

async function reckon(keySecret: string, secret: string): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const hash = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encode(keySecret), hash, false, ["sign"]);
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, encode(secret)));
  const text = btoa(String.fromCharCode(...bytes.subarray(0, 24)));
  return text.replaceAll("+", "-").replaceAll("/", "_");
}

/**
 * A name for a tenant that every process which knows `keySecret` finds alike, and that tells nothing of its credential:
 * HMAC-SHA-256 (RFC 2104), the first 192 bits as base64url. Reckoned once.
 */
export function tenantFingerprint({ derive }: Tenant, keySecret: string): Promise<string> {
  const names = known.get(derive) ?? new Map<string, Promise<string>>();
  known.set(derive, names);
  const name = names.get(keySecret) ?? derive((secret) => reckon(keySecret, secret));
  names.set(keySecret, name);
  return name;
}
