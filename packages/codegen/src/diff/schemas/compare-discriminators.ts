import { fieldOf, type JsonObject, objectIn, stringIn } from "../../generate/document/json.js";
import { referenceOf } from "../../generate/document/reference.js";
import type { Versions } from "../changes/versions.js";
import { membersOf } from "./schema-members.js";
import type { NestedSite, SchemaVisit } from "./schema-site.js";

/** Compares what tells the alternatives of a schema apart: the property, and its value for each of them. */
export function compareDiscriminators(visit: SchemaVisit, schemas: Versions<JsonObject>, site: NestedSite): void {
  const properties = { old: propertyOf(schemas.old), new: propertyOf(schemas.new) };
  if (properties.old === undefined && properties.new === undefined) return;
  if (properties.new === undefined) return void visit.record(site, "discriminator-removed", { detail: properties.old });
  if (properties.old === undefined) return void visit.record(site, "discriminator-added", { detail: properties.new });
  if (properties.old !== properties.new) {
    const detail = `${properties.old}, now ${properties.new}`;
    visit.record(site, "discriminator-property-changed", { detail });
  }
  const [before, after] = [valuesOf(schemas.old), valuesOf(schemas.new)];
  // A value whose alternative is gone, or new, is reported with the alternative.
  const isKept = (schema: JsonObject, target: string) => {
    const references = referencesOf(schema);
    return references.length === 0 || references.includes(target);
  };
  for (const [value, target] of before) {
    if (after.has(value)) {
      const now = after.get(value);
      if (now !== target && now !== undefined && isKept(schemas.old, now) && isKept(schemas.new, target))
        visit.record(site, "discriminator-value-moved", { detail: `${value}: ${nameOf(target)}, now ${nameOf(now)}` });
    } else if (isKept(schemas.new, target))
      visit.record(site, "discriminator-value-removed", {
        detail: value,
        affectedCalls: { kind: "passing-value", value },
      });
  }
  for (const [value, target] of after)
    if (!before.has(value) && isKept(schemas.old, target))
      visit.record(site, "discriminator-value-added", { detail: value });
}

function propertyOf(schema: JsonObject): string | undefined {
  return stringIn(fieldOf(schema, "discriminator"), "propertyName");
}

function referencesOf(schema: JsonObject): string[] {
  return ["oneOf", "anyOf"].flatMap((name) => membersOf(schema, name).flatMap((one) => referenceOf(one.schema) ?? []));
}

/** The references by the values that lead to them. Without a mapping, a value is the name of a component (OpenAPI 3.1, 4.8.25.3). */
function valuesOf(schema: JsonObject): ReadonlyMap<string, string> {
  const mapping = Object.entries(objectIn(fieldOf(schema, "discriminator"), "mapping"));
  if (mapping.length === 0) return new Map(referencesOf(schema).map((reference) => [nameOf(reference), reference]));
  return new Map(
    mapping
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .map(([value, target]) => [value, /^[\w.-]+$/.test(target) ? `#/components/schemas/${target}` : target]),
  );
}

function nameOf(reference: string): string {
  return reference.split("/").at(-1) ?? reference;
}
