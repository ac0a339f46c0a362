import type { LoadedDocument } from "../../document/loaded-document.js";
import { fieldOf, isJsonObject, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import type { ApiParameter } from "./api-operation.js";
import type { SetByClient } from "./set-by-client.js";

const PLACEHOLDER = /\{([^{}]+)\}/g;

/**
 * The parameters that a caller passes. A later declaration overrides an earlier one. The path template decides which
 * path parameters there are: a declared one that it does not have is dropped, and an undeclared one is a string.
 */
export function readParameters(
  document: LoadedDocument,
  { path, declared }: { readonly path: string; readonly declared: readonly unknown[] },
  setByClient: SetByClient,
): ApiParameter[] {
  const placeholders = new Set([...path.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ""));
  const found = new Map<string, ApiParameter>();
  for (const source of declared) {
    const json = followReference(document, source);
    const name = stringIn(json, "name");
    const place = stringIn(json, "in");
    if (!isJsonObject(source) || !isJsonObject(json) || name === undefined) continue;
    if (place !== "path" && place !== "query" && place !== "header" && place !== "cookie") continue;
    if (place === "path" && !placeholders.has(name)) continue;
    if (place === "header" && setByClient.headers.has(name.toLowerCase())) continue;
    if (place === "query" && setByClient.query.has(name)) continue;
    const required = place === "path" || fieldOf(json, "required") === true;
    found.set(`${place} ${name}`, { place, name, required, json, source });
  }
  for (const name of placeholders) {
    if (found.has(`path ${name}`)) continue;
    const json = { name, in: "path", required: true, schema: { type: "string" } };
    found.set(`path ${name}`, { place: "path", name, required: true, json, source: json });
  }
  return [...found.values()];
}
