import { arrayIn, fieldOf, isJsonObject, objectIn } from "../generate/document/json.js";
import { readServerUrl } from "../generate/facts/server-url.js";
import { METHODS } from "../generate/operations/api-operation.js";
import type { DraftInput } from "./draft.js";

/**
 * An overlay that removes the servers of single operations that have no valid URL, such as one with a variable without
 * a value, or with another scheme. Those operations then use the base URL. Undefined if no server is invalid.
 */
export function repairServers({ document }: DraftInput, baseUrl: string): string | undefined {
  const targets: string[] = [];
  for (const [path, item] of Object.entries(objectIn(document.json, "paths"))) {
    if (!isJsonObject(item)) continue;
    const methods = METHODS.map((method) => method.toLowerCase());
    for (const holder of [undefined, ...methods]) {
      const servers = arrayIn(holder === undefined ? item : fieldOf(item, holder), "servers");
      const areInvalid = servers.length > 0 && servers.every((one) => readServerUrl(one, baseUrl) === undefined);
      if (areInvalid) targets.push(`$.paths[${quoteName(path)}]${holder === undefined ? "" : `.${holder}`}.servers`);
    }
  }
  if (targets.length === 0) return undefined;
  const actions = targets.map((target) => `  - target: ${JSON.stringify(target)}\n    remove: true\n`);
  return `overlay: 1.0.0
info:
  title: Corrections
  version: 1.0.0
actions:
  # These servers have no valid URL. The operations use the base URL instead.
${actions.join("")}`;
}

/** A name as a string literal of JSONPath (RFC 9535, 2.3.1.1). */
function quoteName(name: string): string {
  return `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
