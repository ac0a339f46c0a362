import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";
import { DATE_MARK, markSchema } from "./marks.js";
import type { SchemaView } from "./schema-view.js";

/** What the types of requests depend on, besides the document. */
export interface RequestFacts {
  /** Whether dates are sent as Unix seconds instead of ISO 8601. */
  readonly unixDates: boolean;
}

/** A schema as callers write it: what is `readOnly` is not required, and a date can be a `Date`. */
export function forRequest(schema: JsonObject, view: SchemaView, { unixDates }: RequestFacts): JsonObject {
  if (isDate(schema, unixDates)) return markSchema(schema, DATE_MARK, unixDates ? "integer" : "string");
  const isReadOnly = (name: string) => {
    const property = view.property(schema, name);
    return fieldOf(property, "readOnly") === true || view.resolve(property)?.readOnly === true;
  };
  return withoutRequired(schema, isReadOnly);
}

/** A schema as the provider writes it: without what is `writeOnly`. */
export function forResponse(schema: JsonObject): JsonObject {
  const properties = objectIn(schema, "properties");
  const hidden = Object.keys(properties).filter((name) => fieldOf(properties[name], "writeOnly") === true);
  if (hidden.length === 0) return schema;
  const shown = Object.entries(properties).filter(([name]) => !hidden.includes(name));
  return { ...withoutRequired(schema, (name) => hidden.includes(name)), properties: Object.fromEntries(shown) };
}

/** The client writes a `Date` as ISO 8601 or, where the profile says so, as Unix seconds: not as a date without a time. */
function isDate({ type, format, ...rest }: JsonObject, unixDates: boolean): boolean {
  if ("enum" in rest || "const" in rest) return false;
  const types = [type].flat().filter((one) => one !== "null");
  const [only] = types;
  if (types.length !== 1) return false;
  return unixDates ? format === "unix-time" && only === "integer" : format === "date-time" && only === "string";
}

/** A schema, and the inline members of its `allOf`, that do not require some names. */
function withoutRequired(schema: JsonObject, isDropped: (name: string) => boolean): JsonObject {
  const required = arrayIn(schema, "required").map(String);
  const kept = required.filter((name) => !isDropped(name));
  const members = arrayIn(schema, "allOf");
  const mapped = members.map((member) =>
    isJsonObject(member) && !("$ref" in member) ? withoutRequired(member, isDropped) : member,
  );
  const isSame = kept.length === required.length && mapped.every((member, index) => member === members[index]);
  if (isSame) return schema;
  const { required: _all, ...rest } = schema;
  return { ...rest, ...(kept.length > 0 && { required: kept }), ...(members.length > 0 && { allOf: mapped }) };
}
