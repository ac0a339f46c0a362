import type { AuthScheme } from "../connector/profile.js";
import type { Call } from "../pipeline/call.js";

/** The secrets of a credential: one, or a user name and a password. */
export type Secrets = readonly string[];

/** The Base64 text of UTF-8 bytes (RFC 7617, 2.1). */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** A copy of the call that carries the secrets in the provider's scheme. */
export function applySecrets(scheme: AuthScheme, secrets: Secrets, call: Call): Call {
  const secret = secrets.join(":");
  if (scheme.kind === "query") {
    const url = new URL(call.url);
    url.searchParams.set(scheme.name, secret);
    return { ...call, url: url.href };
  }
  const { name, prefix = "Bearer" } = scheme as { readonly name?: string; readonly prefix?: string };
  const value = scheme.kind === "basic" ? `Basic ${base64(secret)}` : name ? secret : `${prefix} ${secret}`;
  const headers = new Headers(call.headers);
  headers.set(name ?? "authorization", value);
  return { ...call, headers };
}
