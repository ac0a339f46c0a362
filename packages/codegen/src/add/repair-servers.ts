import { arrayIn, fieldOf, isJsonObject, objectIn } from "../generate/document/json.js";
import { readServerUrl } from "../generate/facts/server-url.js";
import { METHODS } from "../generate/operations/api-operation.js";
import type { DraftInput } from "./draft.js";

/**
 * An overlay that takes away the servers of single operations that nobody can call: variables without a value, other
 * schemes. Undefined where there are none. Those operations then go to the base URL, like all others.
 */
export function repairServers({ document }: DraftInput, baseUrl: string): string | undefined {
  const targets: string[] = [];
  for (const [path, item] of Object.entries(objectIn(document.json, "paths"))) {
    if (!isJsonObject(item)) continue;
    const methods = METHODS.map((method) => method.toLowerCase());
    for (const holder of [undefined, ...methods]) {
      const servers = arrayIn(holder === undefined ? item : fieldOf(item, holder), "servers");
      const isUnreadable = servers.length > 0 && servers.every((one) => readServerUrl(one, baseUrl) === undefined);
      if (isUnreadable) targets.push(`$.paths[${quoted(path)}]${holder === undefined ? "" : `.${holder}`}.servers`);
    }
  }
  if (targets.length === 0) return undefined;
  const actions = targets.map((target) => `  - target: ${JSON.stringify(target)}\n    remove: true\n`);
  return `overlay: 1.0.0
info:
  title: Repairs
  version: 1.0.0
actions:
  # These servers have no address that could be called. The operations go to the base URL instead.
${actions.join("")}`;
}

/** A name in a JSONPath (RFC 9535, 2.3.1.1). */
function quoted(name: string): string {
  return `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
