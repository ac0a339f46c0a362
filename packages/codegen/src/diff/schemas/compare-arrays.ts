import { arrayIn, fieldOf, type JsonObject } from "../../generate/document/json.js";
import type { Versions } from "../changes/versions.js";
import { inside, type NestedSite, type SchemaVisit } from "./schema-site.js";

/** Compares what the items of an array may be. */
export function compareArrays(visit: SchemaVisit, schemas: Versions<JsonObject>, site: NestedSite): void {
  const tuple = { old: arrayIn(schemas.old, "prefixItems"), new: arrayIn(schemas.new, "prefixItems") };
  for (let index = 0; index < Math.max(tuple.old.length, tuple.new.length); index += 1) {
    const element = { old: tuple.old[index], new: tuple.new[index] };
    const location = inside(site, `${site.location}[${index}]`);
    if (element.old === undefined) visit.record(location, "tuple-element-added");
    else if (element.new === undefined) visit.record(location, "tuple-element-removed");
    else visit.compare(element, location);
  }
  const items = { old: fieldOf(schemas.old, "items"), new: fieldOf(schemas.new, "items") };
  const isArray = (schema: JsonObject) => arrayIn(schema, "type").includes("array") || "items" in schema;
  if (items.old === undefined && items.new === undefined) return;
  if (!isArray(schemas.old) || !isArray(schemas.new)) return;
  // Tuples of which only one is closed differ by an element, or by what follows.
  if (items.old === false || items.new === false) {
    if (items.old !== items.new) visit.record(site, items.new === false ? "tuple-closed" : "tuple-opened");
    return;
  }
  visit.compare(items, inside(site, `${site.location}[]`));
}
