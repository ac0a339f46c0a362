import { compareText } from "../document/json.js";
import { type ApiOperation, operationKey } from "../operations/api-operation.js";

/** The servers of operations that are not served from the profile's `baseUrl`. */
export interface Servers {
  /** By path prefix: every operation with that prefix is served from there. */
  readonly shared: Readonly<Record<string, string>>;
  /** By `METHOD /path`, for operations that share no prefix. */
  readonly own: ReadonlyMap<string, string>;
}

/**
 * Groups servers, so that facts stay small: a whole API (Twilio's Verify) is one entry for the path prefix that all of
 * its operations have and no other operation has; a single operation is an entry of its own.
 */
export function shareServers(servers: readonly (readonly [ApiOperation, string | undefined])[]): Servers {
  const groups = new Map<string, string[]>();
  const own = new Map<string, string>();
  const served = new Map<string, string>();
  for (const [operation, server] of servers) {
    if (server === undefined) continue;
    const shortest = prefixesOf(operation.path).find((prefix) =>
      servers.every(([other, otherServer]) => otherServer === server || !other.path.startsWith(prefix)),
    );
    own.set(operationKey(operation), server);
    if (shortest === undefined) continue;
    served.set(shortest, server);
    groups.set(shortest, [...(groups.get(shortest) ?? []), operationKey(operation)]);
  }
  const shared = [...groups].filter(([, keys]) => keys.length > 1).sort(([a], [b]) => compareText(a, b));
  for (const [, keys] of shared) for (const key of keys) own.delete(key);
  return { shared: Object.fromEntries(shared.map(([prefix]) => [prefix, served.get(prefix) ?? ""])), own };
}

/** `/`, `/v2/`, `/v2/Services/` ... and the path itself. */
function prefixesOf(path: string): string[] {
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));
  return [...slashes, path];
}
