import type { Call } from "../pipeline/call.js";
import type { ApplyCredential, Secrets } from "../pipeline/strategies.js";
import { putHeader, toHeader } from "../pipeline/with-header.js";
import type { AuthScheme } from "../provider/profile.js";

/** The UTF-8 bytes of a text, each as one character. */
export function binaryString(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/** Puts a header on calls that is created once for each credential. */
function credentialHeader(
  create: (secrets: Secrets, scheme: AuthScheme) => readonly [name: string, value: string],
): ApplyCredential {
  const headers = new WeakMap<Secrets, readonly [name: string, value: string]>();
  return (call, secrets, scheme) => {
    let header = headers.get(secrets);
    if (!header) {
      header = toHeader(...create(secrets, scheme));
      headers.set(secrets, header);
    }
    return putHeader(call, header);
  };
}

/** `Authorization: Bearer <credential>`, or another prefix. */
export const bearerAuth = /* @__PURE__ */ credentialHeader(([secret], scheme) => [
  "authorization",
  `${(scheme as { readonly prefix?: string }).prefix ?? "Bearer"} ${secret}`,
]);

/** `Authorization: Basic`, from a user name and a password, in UTF-8 (RFC 7617, section 2.1). */
export const basicAuth = /* @__PURE__ */ credentialHeader((secrets) => [
  "authorization",
  `Basic ${btoa(binaryString(secrets.join(":")))}`,
]);

/** The credential in a header of the provider's own, after its prefix. */
export const headerAuth = /* @__PURE__ */ credentialHeader(([secret], scheme) => {
  const { name, prefix = "" } = scheme as { readonly name: string; readonly prefix?: string };
  return [name, `${prefix}${secret}`];
});

const tokenOfAccount = /* @__PURE__ */ credentialHeader(([secret]) => ["authorization", `Bearer ${secret}`]);

/** The credential in a header of the provider's own, and the token of an account as `Authorization: Bearer`. */
export const headerOrBearerAuth: ApplyCredential = (call, secrets, scheme) =>
  (call.tenant?.account === undefined ? headerAuth : tokenOfAccount)(call, secrets, scheme);

/** A call with further parameters in its query, by the names under which the provider reads them. */
export function withQuery(call: Call, parameters: readonly (readonly [name: string, value: string])[]): Call {
  const url = new URL(call.url);
  for (const [name, value] of parameters) url.searchParams.set(name, value);
  return { ...call, url: url.href };
}

/** The credential in a query parameter. */
export const queryAuth: ApplyCredential = (call, [secret], scheme) =>
  withQuery(call, [[(scheme as { readonly name: string }).name, secret as string]]);
