import type { Call } from "../pipeline/call.js";
import { boundedMemo } from "../platform/bounded-memo.js";

/** Where a request goes. */
export interface RequestTarget {
  /** The origin, parsed. */
  readonly to: Readonly<Pick<URL, "origin" | "protocol" | "hostname" | "port">>;
  /** The path and the query, as in the first line of the request. */
  readonly path: string;
}

/** The parts of an origin, each of which `URL` would make anew when it is read. */
function partsOf({ origin, protocol, hostname, port }: URL): RequestTarget["to"] {
  return { origin, protocol, hostname, port };
}

const origins = boundedMemo((baseUrl) => partsOf(new URL(baseUrl)));

// A path with nothing that the URL parser would change: no dot segment, nothing to encode, no fragment.
const plainPath = /^\/(?!.*(?:\/\.|%2[eE]))[\w~!$&()*+,;=:@%/-][\w.~!$&()*+,;=:@%/-]*(?:\?[\w.~!$&()*+,;=:@%/?-]+)?$/;

/** The target of a call, as the URL parser has it: which parses the address of the provider once. */
export function requestTarget({ url, operation }: Pick<Call, "url" | "operation">): RequestTarget {
  const to = origins.get(operation.baseUrl);
  const path = url.startsWith(to.origin) ? url.slice(to.origin.length) : "";
  if (plainPath.test(path)) return { to, path };
  // Such as that of a redirect, or of the next page.
  const parsed = new URL(url);
  return { to: partsOf(parsed), path: parsed.pathname + parsed.search };
}
