import { UnsafeRedirectError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import { isWithin, resolveLink } from "../platform/origin.js";
import type { TransportResponse } from "./transport.js";

const maxRedirects = 5;
const isRead = (method: string) => /^(GET|HEAD)$/.test(method);
// The headers that may be sent to another origin: none of them can contain a secret of a provider or a user.
const publicHeader = /^(accept|user-agent|range)$/;

interface Redirect {
  readonly status: number;
  readonly from: URL;
  readonly to: URL;
  /** How many redirects of this call were followed before. */
  readonly followed: number;
}

/** Why a redirect must not be followed; undefined where it may. */
function redirectBlockReason(
  { operation, body, settings }: Call,
  { status, from, to, followed }: Redirect,
): string | undefined {
  if (settings.redirect === "error") return "`redirect` is error";
  if (followed === maxRedirects) return `${maxRedirects} redirects were followed before it`;
  if (to.protocol !== "https:" && to.protocol !== from.protocol) return "it leaves https";
  if (isRead(operation.method)) return undefined;
  const isFollowed = status === 303 || (status >= 307 && body?.kind !== "one-shot");
  return isFollowed && isWithin(from, to) ? undefined : "the request is a write";
}

function headersWhere({ headers }: Call, isKept: (name: string) => boolean): Call["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isKept(name)));
}

/** The GET that a 303 asks for after a write: of the resource that tells its result, without what describes the body. */
function seeOther(call: Call, url: string): Call {
  const headers = headersWhere(call, (name) => !name.startsWith("content-"));
  const operation = { ...call.operation, method: "GET" };
  return { ...call, operation, url, headers, body: undefined };
}

/**
 * The request that a redirect asks for (RFC 9110, section 15.4); undefined where it names no address. Credentials
 * and bodies never leave the origin: across origins only a read is followed, with neutral headers. A 303 turns a write into a GET.
 */
export function followRedirect(call: Call, { status, headers }: TransportResponse, followed: number): Call | undefined {
  const location = headers.get("location");
  const to = location ? resolveLink(call.operation, location, call.url) : undefined;
  if (!to) return undefined;
  const from = new URL(call.url);
  const reason = redirectBlockReason(call, { status, from, to, followed });
  if (reason) {
    const message = `a redirect to ${to.protocol}//${to.host} was not followed, because ${reason}.`;
    throw new UnsafeRedirectError(message, { operation: call.operation.id, maybeSent: true });
  }
  if (status === 303 && !isRead(call.operation.method)) return seeOther(call, to.href);
  if (isWithin(from, to)) return { ...call, url: to.href };
  to.username = to.password = "";
  return { ...call, url: to.href, headers: headersWhere(call, (name) => publicHeader.test(name)), body: undefined };
}
