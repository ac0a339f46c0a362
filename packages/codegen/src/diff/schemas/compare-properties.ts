import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, type JsonObject, objectIn } from "../../generate/document/json.js";
import { followReference, referenceOf } from "../../generate/document/reference.js";
import type { Versions } from "../changes/versions.js";
import { inside, memberLocation, type NestedSite, type SchemaSite, type SchemaVisit } from "./schema-site.js";

/** Two schemas, and the same with the members of their `allOf` merged into them. */
export interface ComparedProperties {
  readonly schemas: Versions<JsonObject>;
  readonly flat: Versions<JsonObject>;
}

/**
 * Compares the properties of two schemas and which are required. A `readOnly` property does not exist in requests, a `writeOnly` one
 * not in responses, as in the generated types.
 */
export function compareProperties(visit: SchemaVisit, { schemas, flat }: ComparedProperties, site: NestedSite): void {
  const properties = {
    old: visible(visit.documents.old, schemas.old, site.side),
    new: visible(visit.documents.new, schemas.new, site.side),
  };
  for (const name of new Set([...Object.keys(properties.old), ...Object.keys(properties.new)])) {
    const property = { old: fieldOf(properties.old, name), new: fieldOf(properties.new, name) };
    const nested = inside(site, memberLocation(site, name));
    const location = site.isTopLevel ? ("body" as const) : ("nested" as const);
    const omitting = { affectedCalls: { kind: "omitting" as const, name, location } };
    if (property.new === undefined) {
      visit.record(nested, "property-removed", { affectedCalls: { kind: "passing", name, location } });
    } else if (property.old === undefined) {
      const isNeeded = isRequired(flat.new, name);
      visit.record(nested, isNeeded ? "required-property-added" : "optional-property-added", omitting);
    } else {
      const required = { old: isRequired(flat.old, name), new: isRequired(flat.new, name) };
      if (!required.old && required.new) visit.record(nested, "property-became-required", omitting);
      if (required.old && !required.new) visit.record(nested, "property-became-optional");
      visit.compare(property, nested);
    }
  }
  compareOtherNames(visit, { schemas, flat }, site);
}

/** Names that are required without a property of theirs here: it is in a member of `allOf`, or nowhere. */
function compareOtherNames(visit: SchemaVisit, { schemas, flat }: ComparedProperties, site: NestedSite): void {
  const own = new Set([schemas.old, schemas.new].flatMap((schema) => Object.keys(objectIn(schema, "properties"))));
  const names = (schema: JsonObject) =>
    arrayIn(schema, "required").filter((name): name is string => typeof name === "string" && !own.has(name));
  const isHidden = (name: string) =>
    isOfOtherSide(visit.documents.new, fieldOf(objectIn(flat.new, "properties"), name), site.side);
  for (const name of names(schemas.new))
    if (!isRequired(flat.old, name) && !isHidden(name))
      visit.record(inside(site, memberLocation(site, name)), "property-became-required", {
        affectedCalls: { kind: "omitting", name, location: site.isTopLevel ? "body" : "nested" },
      });
  for (const name of names(schemas.old))
    if (!isRequired(flat.new, name) && !isHidden(name))
      visit.record(inside(site, memberLocation(site, name)), "property-became-optional");
}

function isRequired(schema: JsonObject, name: string): boolean {
  return arrayIn(schema, "required").includes(name);
}

function visible(document: LoadedDocument, schema: JsonObject, side: SchemaSite["side"]): JsonObject {
  const entries = Object.entries(objectIn(schema, "properties"));
  return Object.assign(
    Object.create(null),
    Object.fromEntries(entries.filter(([, property]) => !isOfOtherSide(document, property, side))),
  );
}

const MAX_DEPTH = 20;

/** Whether a property is `readOnly` in a request, or `writeOnly` in a response: itself, or through references and `allOf`. */
function isOfOtherSide(document: LoadedDocument, property: unknown, side: SchemaSite["side"]): boolean {
  const mark = side === "request" ? "readOnly" : "writeOnly";
  const isMarked = (schema: unknown, depth: number): boolean => {
    if (depth > MAX_DEPTH) return false;
    if (fieldOf(schema, mark) === true) return true;
    const inner = referenceOf(schema) === undefined ? arrayIn(schema, "allOf") : [followReference(document, schema)];
    return inner.some((one) => isMarked(one, depth + 1));
  };
  return isMarked(property, 0);
}
