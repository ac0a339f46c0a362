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

const origins = boundedMemo((origin) => partsOf(new URL(origin)));

// An address with nothing that the URL parser would change behind its origin: no dot segment, nothing to encode, no fragment.
const plain = /^(https?:\/\/[a-z0-9.:-]+)((?!.*(?:\/\.|%2e))\/[\w.~!$&()*+,;=:@%/-]*(?:\?[\w.~!$&()*+,;=:@%/?-]+)?)$/i;

/** The target of a URL, as the URL parser has it: which parses the origin of most addresses once. */
export function requestTarget(url: string): RequestTarget {
  const [, origin, path] = plain.exec(url) ?? [];
  if (origin !== undefined && path !== undefined) return { to: origins.get(origin), path };
  const parsed = new URL(url);
  return { to: partsOf(parsed), path: parsed.pathname + parsed.search };
}
