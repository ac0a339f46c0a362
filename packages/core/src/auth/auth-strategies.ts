import type { AuthScheme } from "../connector/profile.js";
import type { Call } from "../pipeline/call.js";
import { withHeader } from "../pipeline/with-header.js";

/** The secrets of a credential: one, or a user name and a password. */
export type Secrets = readonly string[];

/** Makes a copy of a call that carries the secrets in the provider's scheme. */
export type SignCall = (call: Call, secrets: Secrets, scheme: AuthScheme) => Call;

/** The Base64 text of UTF-8 bytes (RFC 7617, 2.1). */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** `Authorization: Bearer <credential>`, or another word in front. */
export const bearerAuth: SignCall = (call, [secret], scheme) =>
  withHeader(call, "authorization", `${(scheme as { readonly prefix?: string }).prefix ?? "Bearer"} ${secret}`);

/** `Authorization: Basic`, from a user name and a password (RFC 7617). */
export const basicAuth: SignCall = (call, secrets) =>
  withHeader(call, "authorization", `Basic ${base64(secrets.join(":"))}`);

/** The credential in a header of the provider's own. */
export const headerAuth: SignCall = (call, [secret], scheme) =>
  withHeader(call, (scheme as { readonly name: string }).name, secret as string);

/** The credential in a query parameter. */
export const queryAuth: SignCall = (call, [secret], scheme) => {
  const url = new URL(call.url);
  url.searchParams.set((scheme as { readonly name: string }).name, secret as string);
  return { ...call, url: url.href };
};
