import { UnsafeRedirectError } from "../errors/unsafe-redirect-error.js";
import type { Call } from "../pipeline/call.js";

/** How many redirects one attempt follows. */
export const maxRedirects = 5;

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
// What may cross an origin: nothing that a provider or a user could have put a secret into.
const publicHeaders = ["accept", "accept-encoding", "accept-language", "user-agent", "range"];

function refuse(call: Call, to: string, why: string): UnsafeRedirectError {
  return new UnsafeRedirectError(`${call.operation.id} was redirected to ${to}, which was not followed: ${why}.`, {
    operation: call.operation.id,
  });
}

/**
 * The request that a redirect asks for (RFC 9110, 15.4); undefined where the answer is none. Credentials and bodies
 * never leave the origin: across one, only a read goes on, with neutral headers.
 */
export function followRedirect(call: Call, status: number, location: string | null): Call | undefined {
  if (!redirectStatuses.has(status) || location === null) return undefined;
  const from = new URL(call.url);
  if (!URL.canParse(location, from)) throw refuse(call, "an address that is no URL", "correct the base URL");
  const to = new URL(location, from);
  const shown = to.origin === "null" ? to.protocol : to.origin;
  if (to.protocol !== "https:" && to.protocol !== from.protocol) throw refuse(call, shown, "it leaves https");
  if (to.protocol !== "https:" && to.protocol !== "http:") throw refuse(call, shown, "it is not http");
  const reads = call.operation.method === "GET" || call.operation.method === "HEAD";
  const sameOrigin = to.origin === from.origin && to.username === "" && to.password === "";
  if (!reads && (!sameOrigin || status < 307)) {
    throw refuse(call, shown, sameOrigin ? "a write would become a read" : "a write never crosses an origin");
  }
  if (call.body?.kind === "one-shot") throw refuse(call, shown, "its body was a stream, which is spent");
  if (sameOrigin) return { ...call, url: to.href };
  to.username = "";
  to.password = "";
  const headers = new Headers();
  for (const name of publicHeaders) {
    const value = call.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return { ...call, url: to.href, headers, body: undefined };
}
