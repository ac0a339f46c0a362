import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import { propertiesOf, typesOf } from "./schema-shape.js";

// Limits the search in a document whose compositions refer to themselves.
const MAX_DEPTH = 20;

/**
 * Whether an object of the schema has a member that callers must write: a required one that is not `readOnly`. In a union, every
 * alternative must have one.
 */
export function requiresMember(document: LoadedDocument, schema: unknown, depth = 0): boolean {
  const found = followReference(document, schema);
  if (!isJsonObject(found) || depth > MAX_DEPTH || canBeNull(document, found)) return false;
  const isWritten = (name: unknown) => {
    const property = followReference(document, propertiesOf(document, found).get(String(name)));
    return fieldOf(property, "readOnly") !== true;
  };
  if (isObject(found) && arrayIn(found, "required").some(isWritten)) return true;
  if (arrayIn(found, "allOf").some((member) => requiresMember(document, member, depth + 1))) return true;
  return ["anyOf", "oneOf"].some((keyword) => {
    const members = arrayIn(found, keyword);
    return members.length > 0 && members.every((member) => requiresMember(document, member, depth + 1));
  });
}

/** Whether the schema allows null. */
export function canBeNull(document: LoadedDocument, schema: unknown): boolean {
  const found = followReference(document, schema);
  if (!isJsonObject(found)) return false;
  if (fieldOf(found, "nullable") === true || typesOf(found).includes("null")) return true;
  const members = [...arrayIn(found, "anyOf"), ...arrayIn(found, "oneOf")];
  return members.some((member) => stringIn(followReference(document, member), "type") === "null");
}

function isObject(schema: JsonObject): boolean {
  const types = typesOf(schema);
  return types.length === 0 || types.includes("object");
}
