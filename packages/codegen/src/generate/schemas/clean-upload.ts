import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import { cleanAnnotations, cleanSchema } from "./clean-schema.js";
import type { ComponentTable } from "./component-table.js";
import { toPrintableKey } from "./printable-key.js";

/** Marks a field for a file in the copy of a document. Its type is not the document's `string`. */
export const FILE_MARK = "x-connectry-file";

/** Whether a media type is a form that can contain files. */
export function isMultipart(mediaType: string): boolean {
  return /^\s*multipart\//i.test(mediaType);
}

/**
 * The schema of a multipart body, with a mark on the fields for files. The mark is set in a separate copy, because the
 * same schema may be text in another body.
 */
export function cleanUpload(schema: unknown, components: ComponentTable, depth = 0): JsonObject | boolean {
  const { document } = components;
  const target = followReference(document, schema);
  if (!isJsonObject(target) || depth > 10) return cleanSchema(schema, components);
  if (!hasFiles(target, document, depth)) return cleanSchema(schema, components);
  const clean = cleanSchema(target, components);
  if (typeof clean === "boolean") return clean;
  const properties = Object.entries(objectIn(target, "properties")).map(([name, property]) => [
    toPrintableKey(name),
    fileField(property, document) ?? cleanSchema(property, components),
  ]);
  const allOf = arrayIn(target, "allOf").map((member) => cleanUpload(member, components, depth + 1));
  return {
    ...clean,
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(allOf.length > 0 && { allOf }),
  };
}

function hasFiles(schema: JsonObject, document: LoadedDocument, depth: number): boolean {
  if (Object.values(objectIn(schema, "properties")).some((property) => fileField(property, document) !== undefined))
    return true;
  if (depth > 10) return false;
  return arrayIn(schema, "allOf").some((member) => {
    const target = followReference(document, member);
    return isJsonObject(target) && hasFiles(target, document, depth + 1);
  });
}

function fileField(property: unknown, document: LoadedDocument): JsonObject | undefined {
  const schema = followReference(document, property);
  if (!isJsonObject(schema)) return undefined;
  if (isFile(schema)) return { ...cleanAnnotations(schema), type: "string", [FILE_MARK]: true };
  const items = followReference(document, fieldOf(schema, "items"));
  if (!isJsonObject(items) || !isFile(items)) return undefined;
  return { ...cleanAnnotations(schema), type: "array", items: { type: "string", [FILE_MARK]: true } };
}

// OpenAPI 3.0 has `format: binary`, 3.1 has `contentMediaType` without an encoding, and Swagger has `type: file`.
function isFile(schema: JsonObject): boolean {
  const type = stringIn(schema, "type");
  if (type === "file") return true;
  if (type !== undefined && type !== "string") return false;
  return (
    stringIn(schema, "format") === "binary" ||
    (stringIn(schema, "contentMediaType") !== undefined && stringIn(schema, "contentEncoding") === undefined)
  );
}
