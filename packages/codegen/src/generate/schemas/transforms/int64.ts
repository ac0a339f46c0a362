import { fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";
import { INT64_MARK, markSchema } from "./marks.js";
import { componentOf } from "./schema-view.js";
import { mapInnermostFirst, mapUses, type SchemaUse } from "./walk-schemas.js";

/** What a 64-bit integer of a response is where a number does not hold all its digits: by the profile's `int64`. */
export type Int64Form = "string" | "bigint";

/**
 * Marks 64-bit integers with what they are. A number holds their digits up to 2^53: beyond it a response has the form of the profile.
 * In a request, a bigint is written with all its digits, and so is text outside JSON, where text would
 * be another type. A schema of both directions has the form of responses.
 */
export function markInt64(document: JsonObject, form: Int64Form): JsonObject {
  const sent = reachedComponents(document, "request");
  const received = reachedComponents(document, "response");
  const mark = (schema: unknown, types: readonly string[]) =>
    mapInnermostFirst(schema, (one) =>
      isInt64(one) ? { ...markSchema(one, INT64_MARK, "number"), [INT64_MARK]: types } : one,
    );
  const typesOf = ({ direction, mediaType }: SchemaUse): readonly string[] => {
    if (direction === "response") return [form];
    return mediaType !== undefined && /json/i.test(mediaType) ? ["bigint"] : ["string", "bigint"];
  };
  return mapUses(
    document,
    (schema, use) => mark(schema, typesOf(use)),
    (schema, name) => mark(schema, sent.has(name) && !received.has(name) ? ["bigint"] : [form]),
  );
}

/** Whether a schema is a 64-bit integer, of any value. */
export function isInt64(schema: JsonObject): boolean {
  if (!/^u?int64$/.test(String(fieldOf(schema, "format"))) || "enum" in schema || "const" in schema) return false;
  const types = [fieldOf(schema, "type")].flat().filter((type) => type !== "null");
  return types.length === 1 && (types[0] === "integer" || types[0] === "number");
}

/** The names of the component schemas that a request or a response reaches. */
function reachedComponents(document: JsonObject, direction: SchemaUse["direction"]): ReadonlySet<string> {
  const schemas = objectIn(objectIn(document, "components"), "schemas");
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isJsonObject(value)) return;
    const name = componentOf(value);
    if (name !== undefined && !found.has(name)) {
      found.add(name);
      visit(schemas[name]);
    }
    for (const one of Object.values(value)) visit(one);
  };
  const read = (schema: unknown, use: SchemaUse) => {
    if (use.direction === direction) visit(schema);
    return schema;
  };
  mapUses(document, read, (schema) => schema);
  return found;
}
