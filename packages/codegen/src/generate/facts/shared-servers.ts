import { compareText } from "../document/json.js";
import { type ApiOperation, operationKey } from "../operations/api-operation.js";

/** The servers of a connector's operations, where they are not the profile's. */
export interface Servers {
  /** By the path below which every operation is served from there. */
  readonly shared: Readonly<Record<string, string>>;
  /** By `METHOD /path`, for those that share none. */
  readonly own: ReadonlyMap<string, string>;
}

/**
 * Tells servers in as few words as it can: a whole API of its own (Twilio's Verify) by the path that stands before all
 * of its operations and no other, a single operation by itself.
 */
export function shareServers(servers: readonly (readonly [ApiOperation, string | undefined])[]): Servers {
  const groups = new Map<string, string[]>();
  const own = new Map<string, string>();
  const served = new Map<string, string>();
  for (const [operation, server] of servers) {
    if (server === undefined) continue;
    const below = prefixesOf(operation.path).find((prefix) =>
      servers.every(([other, theirs]) => theirs === server || !other.path.startsWith(prefix)),
    );
    own.set(operationKey(operation), server);
    if (below === undefined) continue;
    served.set(below, server);
    groups.set(below, [...(groups.get(below) ?? []), operationKey(operation)]);
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
