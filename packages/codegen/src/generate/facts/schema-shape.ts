import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import type { Path } from "../generator-profile.js";

// Compositions of compositions end somewhere in any sane document; in another, this ends the search.
const MAX_DEPTH = 20;

/** Whether a value of the schema has that property, and an array at the end of the way. */
export function hasArrayAt(document: LoadedDocument, schema: unknown, path: Path): boolean {
  const found = schemaAt(document, schema, path);
  return found !== undefined && isArray(document, found);
}

/** The schema of what stands at the end of the way, where every step is a property of the schema before it. */
export function schemaAt(document: LoadedDocument, schema: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (current, step) => (current === undefined ? undefined : propertiesOf(document, current).get(String(step))),
    schema,
  );
}

/** The names of the properties that are arrays. */
export function arrayProperties(document: LoadedDocument, schema: unknown): string[] {
  return [...propertiesOf(document, schema)]
    .filter(([, property]) => isArray(document, property))
    .map(([name]) => name);
}

/** Whether some value of the schema is an array or an object. */
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

/** Whether every value of the schema but null is an array. */
export function isArray(document: LoadedDocument, schema: unknown, depth = 0): boolean {
  const found = unwrap(document, schema, depth);
  if (found === undefined || depth > MAX_DEPTH) return false;
  const types = typesOf(found).filter((type) => type !== "null");
  if (types.length > 0) return types.length === 1 && types[0] === "array";
  return (
    isJsonObject(fieldOf(found, "items")) ||
    arrayIn(found, "allOf").some((member) => isArray(document, member, depth + 1))
  );
}

/** The properties that an object of the schema may have, those that it inherits included. */
export function propertiesOf(document: LoadedDocument, schema: unknown, depth = 0): ReadonlyMap<string, unknown> {
  const found = unwrap(document, schema, depth);
  if (found === undefined || depth > MAX_DEPTH) return new Map();
  if (typesOf(found).some((type) => type !== "object" && type !== "null")) return new Map();
  // In a union, what stands beside `anyOf` need not be there.
  if (arrayIn(found, "anyOf").length > 0) return new Map();
  const inherited = arrayIn(found, "allOf").flatMap((member) => [...propertiesOf(document, member, depth + 1)]);
  return new Map([...inherited, ...Object.entries(objectIn(found, "properties"))]);
}

/** The schema itself: references followed, and `anyOf: [it, null]` taken for what it stands for. */
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

/** The types that the schema names. */
export function typesOf(schema: JsonObject): string[] {
  const type = fieldOf(schema, "type");
  const types = Array.isArray(type) ? type : [type];
  return types.filter((one) => typeof one === "string");
}
