import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import type { JsonPath } from "../profile/generator-profile.js";

// Limits the search in a document whose compositions refer to themselves.
const MAX_DEPTH = 20;

/** Whether a value of the schema has an array at the path. */
export function hasArrayAt(document: LoadedDocument, schema: unknown, path: JsonPath): boolean {
  const found = schemaAt(document, schema, path);
  return found !== undefined && isArray(document, found);
}

/** The schema at the path, each step of which must be a property; undefined if there is none. */
export function schemaAt(document: LoadedDocument, schema: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (current, step) => (current === undefined ? undefined : propertiesOf(document, current).get(String(step))),
    schema,
  );
}

/** The schema of the items of the list at a path; undefined if there is no list. */
export function itemSchema(document: LoadedDocument, schema: unknown, path: JsonPath): unknown {
  return itemsIn(document, schemaAt(document, schema, path), 0);
}

function itemsIn(document: LoadedDocument, schema: unknown, depth: number): unknown {
  const found = unwrap(document, schema, depth);
  if (found === undefined || depth > MAX_DEPTH) return undefined;
  const items = fieldOf(found, "items");
  if (items !== undefined) return items;
  const members = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => arrayIn(found, keyword));
  const inner = members.map((member) => itemsIn(document, member, depth + 1)).filter((one) => one !== undefined);
  return inner.length > 1 ? { anyOf: inner } : inner[0];
}

/**
 * Whether a value of the schema has a text or a number at the path. In a union, every member must have it; a schema that does not
 * say which type it has may.
 */
export function scalarAt(document: LoadedDocument, schema: unknown, path: JsonPath): boolean {
  if (schema === undefined) return false;
  const found = schemaAt(document, schema, path);
  if (found !== undefined) return !canBeNested(document, found) && !isBoolean(document, found);
  const members = unionMembers(document, schema, 0);
  return (
    members.length > 0 &&
    members.every((member) => {
      const inner = schemaAt(document, member, path);
      return inner !== undefined && !canBeNested(document, inner) && !isBoolean(document, inner);
    })
  );
}

/** The members of a union, and of the unions among them, without null; none for another schema. */
function unionMembers(document: LoadedDocument, schema: unknown, depth: number): unknown[] {
  const found = followReference(document, schema);
  const members = ["anyOf", "oneOf"]
    .flatMap((keyword) => arrayIn(found, keyword))
    .filter((member) => stringIn(followReference(document, member), "type") !== "null");
  if (depth > MAX_DEPTH) return [];
  return members.flatMap((member) => {
    const inner = unionMembers(document, member, depth + 1);
    return inner.length > 0 && propertiesOf(document, member).size === 0 ? inner : [member];
  });
}

function isBoolean(document: LoadedDocument, schema: unknown): boolean {
  const found = followReference(document, schema);
  return isJsonObject(found) && typesOf(found).includes("boolean");
}

/** Whether a value of the schema can be a number, as far as it says which type it has. */
export function canBeNumber(document: LoadedDocument, schema: unknown, depth = 0): boolean {
  const found = followReference(document, schema);
  if (!isJsonObject(found) || depth > MAX_DEPTH) return true;
  const types = typesOf(found);
  if (types.length > 0) return types.includes("integer") || types.includes("number");
  const members = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => arrayIn(found, keyword));
  return members.length === 0 || members.some((member) => canBeNumber(document, member, depth + 1));
}

/** The names of the properties that are arrays. */
export function arrayProperties(document: LoadedDocument, schema: unknown): string[] {
  return [...propertiesOf(document, schema)]
    .filter(([, property]) => isArray(document, property))
    .map(([name]) => name);
}

/** Whether a value of the schema can be an array or an object. */
export function canBeNested(document: LoadedDocument, schema: unknown, depth = 0): boolean {
  const found = followReference(document, schema);
  if (!isJsonObject(found) || depth > MAX_DEPTH) return false;
  const types = typesOf(found);
  if (types.includes("array") || types.includes("object")) return true;
  if (types.length === 0 && (isJsonObject(fieldOf(found, "properties")) || isJsonObject(fieldOf(found, "items"))))
    return true;
  return ["allOf", "anyOf", "oneOf"].some((keyword) =>
    arrayIn(found, keyword).some((member) => canBeNested(document, member, depth + 1)),
  );
}

/** Whether a value of the schema can be a text, a number or a boolean, or anything. */
export function canBeScalar(document: LoadedDocument, schema: unknown, depth = 0): boolean {
  const found = followReference(document, schema);
  if (!isJsonObject(found) || depth > MAX_DEPTH) return true;
  const types = typesOf(found).filter((type) => type !== "null");
  if (types.length > 0) return types.some((type) => type !== "array" && type !== "object");
  const members = ["anyOf", "oneOf"].flatMap((keyword) => arrayIn(found, keyword));
  if (members.length > 0) return members.some((member) => canBeScalar(document, member, depth + 1));
  const all = arrayIn(found, "allOf");
  if (all.length > 0) return all.every((member) => canBeScalar(document, member, depth + 1));
  return !isJsonObject(fieldOf(found, "properties")) && !isJsonObject(fieldOf(found, "items"));
}

/** Whether every value of the schema, except null, is an array. */
export function isArray(document: LoadedDocument, schema: unknown, depth = 0): boolean {
  const found = unwrap(document, schema, depth);
  if (found === undefined || depth > MAX_DEPTH) return false;
  const types = typesOf(found).filter((type) => type !== "null");
  if (types.length > 0) return types.length === 1 && types[0] === "array";
  if (isJsonObject(fieldOf(found, "items"))) return true;
  if (arrayIn(found, "allOf").some((member) => isArray(document, member, depth + 1))) return true;
  return ["anyOf", "oneOf"].some((keyword) => {
    const members = arrayIn(found, keyword).filter(
      (member) => stringIn(followReference(document, member), "type") !== "null",
    );
    return members.length > 0 && members.every((member) => isArray(document, member, depth + 1));
  });
}

/** The properties that an object of the schema can have, including those from `allOf`. */
export function propertiesOf(document: LoadedDocument, schema: unknown, depth = 0): ReadonlyMap<string, unknown> {
  const found = unwrap(document, schema, depth);
  if (found === undefined || depth > MAX_DEPTH) return new Map();
  if (typesOf(found).some((type) => type !== "object" && type !== "null")) return new Map();
  // In a union, an object need not have the properties beside `anyOf`.
  if (arrayIn(found, "anyOf").length > 0) return new Map();
  const inherited = arrayIn(found, "allOf").flatMap((member) => [...propertiesOf(document, member, depth + 1)]);
  return new Map([...inherited, ...Object.entries(objectIn(found, "properties"))]);
}

/** The schema with its reference resolved, and without the null of `anyOf: [schema, null]`. */
function unwrap(document: LoadedDocument, schema: unknown, depth: number): JsonObject | undefined {
  const found = followReference(document, schema);
  if (!isJsonObject(found) || depth > MAX_DEPTH) return undefined;
  if (isJsonObject(fieldOf(found, "properties"))) return found;
  for (const keyword of ["anyOf", "oneOf"]) {
    const members = arrayIn(found, keyword).filter(
      (member) => stringIn(followReference(document, member), "type") !== "null",
    );
    if (members.length === 1) return unwrap(document, members[0], depth + 1);
  }
  return found;
}

/** The values of the schema's `type`. */
export function typesOf(schema: JsonObject): string[] {
  const type = fieldOf(schema, "type");
  const types = Array.isArray(type) ? type : [type];
  return types.filter((one) => typeof one === "string");
}
