import type { CredentialRef, Tenant } from "../pipeline/call.js";
import { base64url, hmacSha256 } from "../platform/hmac.js";

// By credential, and by the user's secret.
const fingerprints = new WeakMap<CredentialRef, Map<string, Promise<string>>>();

/**
 * A name for a tenant that is the same in every process with the same `keySecret`, and that reveals nothing about its
 * credential: HMAC-SHA-256 (RFC 2104), the first 192 bits as base64url. Computed once.
 */
export function tenantFingerprint({ credentialRef }: Tenant, keySecret: string): Promise<string> {
  const known = fingerprints.get(credentialRef) ?? new Map<string, Promise<string>>();
  fingerprints.set(credentialRef, known);
  let name = known.get(keySecret);
  if (!name) {
    name = credentialRef.derive(hmacSha256(keySecret)).then((bytes) => base64url(bytes.subarray(0, 24)));
    known.set(keySecret, name);
  }
  return name;
}
