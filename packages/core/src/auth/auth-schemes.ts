import type { Call } from "../pipeline/call.js";
import type { ApplyCredential, Secrets } from "../pipeline/strategies.js";
import { withHeader } from "../pipeline/with-header.js";

/** The UTF-8 bytes of a text, each as one character. */
export function binaryString(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/** `Authorization: Bearer <credential>`, or another prefix. */
export const bearerAuth: ApplyCredential = (call, [secret], scheme) =>
  withHeader(call, "authorization", `${(scheme as { readonly prefix?: string }).prefix ?? "Bearer"} ${secret}`);

// One list for all calls with the same credential.
const basicTexts = new WeakMap<Secrets, string>();

/** `Authorization: Basic`, from a user name and a password, in UTF-8 (RFC 7617, section 2.1). */
export const basicAuth: ApplyCredential = (call, secrets) => {
  const text = basicTexts.get(secrets) ?? btoa(binaryString(secrets.join(":")));
  basicTexts.set(secrets, text);
  return withHeader(call, "authorization", `Basic ${text}`);
};

/** The credential in a header of the provider's own, after its prefix. */
export const headerAuth: ApplyCredential = (call, [secret], scheme) => {
  const { name, prefix = "" } = scheme as { readonly name: string; readonly prefix?: string };
  return withHeader(call, name, `${prefix}${secret}`);
};

/** The credential in a header of the provider's own, and the token of an account as `Authorization: Bearer`. */
export const headerOrBearerAuth: ApplyCredential = (call, [secret], scheme) =>
  call.tenant?.account === undefined
    ? headerAuth(call, [secret as string], scheme)
    : withHeader(call, "authorization", `Bearer ${secret}`);

/** A call with further parameters in its query, by the names under which the provider reads them. */
export function withQuery(call: Call, parameters: readonly (readonly [name: string, value: string])[]): Call {
  const url = new URL(call.url);
  for (const [name, value] of parameters) url.searchParams.set(name, value);
  return { ...call, url: url.href };
}

/** The credential in a query parameter. */
export const queryAuth: ApplyCredential = (call, [secret], scheme) =>
  withQuery(call, [[(scheme as { readonly name: string }).name, secret as string]]);
