import { UnsafeRedirectError } from "../errors/unsafe-redirect-error.js";
import type { Call } from "../pipeline/call.js";
import { isWithin } from "../platform/origin.js";
import type { Answer } from "./transport.js";

const maxRedirects = 5;
const redirectStatuses = [301, 302, 303, 307, 308];
// What may cross an origin: nothing that a provider or a user could have put a secret into.
const publicHeader = /^(accept|user-agent|range)$/;

/** Why a redirect must not be followed; undefined where it may. */
function danger({ operation, body }: Call, status: number, from: URL, to: URL, followed: number): string | undefined {
  if (followed === maxRedirects) return "it is one too many";
  if (to.protocol !== "https:" && to.protocol !== from.protocol) return "it leaves https";
  if (/^(GET|HEAD)$/.test(operation.method)) return undefined;
  return status >= 307 && isWithin(from, to) && body?.kind !== "one-shot" ? undefined : "it is a write";
}

/**
 * The request that a redirect asks for (RFC 9110, 15.4); undefined where the answer is none. Credentials and bodies
 * never leave the origin: across one, only a read goes on, with neutral headers.
 */
export function followRedirect(call: Call, { status, headers }: Answer, followed: number): Call | undefined {
  const location = redirectStatuses.includes(status) && headers.get("location");
  if (!location || !URL.canParse(location, call.url)) return undefined;
  const from = new URL(call.url);
  const to = new URL(location, from);
  const why = danger(call, status, from, to, followed);
  if (why) {
    const message = `a redirect to ${to.protocol}//${to.host} was not followed: ${why}.`;
    throw new UnsafeRedirectError(message, { operation: call.operation.id });
  }
  if (isWithin(from, to)) return { ...call, url: to.href };
  to.username = to.password = "";
  const kept = [...call.headers].filter(([name]) => publicHeader.test(name));
  return { ...call, url: to.href, headers: new Headers(kept), body: undefined };
}
