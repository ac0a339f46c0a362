import { fieldOf, isJsonObject, type JsonObject, objectIn } from "../../generate/document/json.js";
import type { Versions } from "../changes/versions.js";
import { inside, type NestedSite, type SchemaVisit } from "./schema-site.js";

/** Compares what an object may have beside its properties: `additionalProperties` and `patternProperties`. */
export function compareMaps(visit: SchemaVisit, schemas: Versions<JsonObject>, site: NestedSite): void {
  const name = "additionalProperties";
  const additional = { old: fieldOf(schemas.old, name), new: fieldOf(schemas.new, name) };
  if (isJsonObject(additional.old) && isJsonObject(additional.new))
    visit.compare(additional, inside(site, `${site.location}{}`));
  else if (isAllowed(additional.old) && !isAllowed(additional.new)) visit.record(site, "map-closed");
  else if (!isAllowed(additional.old) && isAllowed(additional.new)) visit.record(site, "map-opened");
  else if (additional.old !== false && additional.new === false) visit.record(site, "object-closed");
  else if (additional.old === false && additional.new !== false) visit.record(site, "object-opened");

  const patterns = { old: objectIn(schemas.old, "patternProperties"), new: objectIn(schemas.new, "patternProperties") };
  for (const pattern of new Set([...Object.keys(patterns.old), ...Object.keys(patterns.new)])) {
    const found = { old: fieldOf(patterns.old, pattern), new: fieldOf(patterns.new, pattern) };
    if (found.old === undefined) visit.record(site, "pattern-property-added", { detail: pattern });
    else if (found.new === undefined) visit.record(site, "pattern-property-removed", { detail: pattern });
    else visit.compare(found, inside(site, `${site.location}{${pattern}}`));
  }
}

function isAllowed(additionalProperties: unknown): boolean {
  return additionalProperties === true || isJsonObject(additionalProperties);
}
