import { arrayIn, type JsonObject } from "../../document/json.js";
import { SUBJECT } from "./walk-schemas.js";

// openapi-typescript has no schema for these types. A schema with a mark is printed by `print-marks.ts`; it has a `type`,
// because openapi-typescript asks for the type of a schema only where it has one.

/** Marks a wrapper: the names of properties of its subject that are required. */
export const REQUIRED_MARK = "x-connectry-required";
/** Marks a list of which the first elements have types of their own. */
export const TUPLE_MARK = "x-connectry-tuple";
/** Marks an object that has no properties and allows none. */
export const CLOSED_MARK = "x-connectry-closed";
/** Marks a date in a request, which can be passed as a `Date`. */
export const DATE_MARK = "x-connectry-date";

/** Marks a 64-bit integer, with the types beside `number` that its values have. */
export const INT64_MARK = "x-connectry-int64";

/** Marks a schema with another mark that allows null: openapi-typescript takes a printed type without its `nullable`. */
export const NULL_MARK = "x-connectry-null";

/** The schema with a mark, of one type, and null where the schema allows it. */
export function markSchema(schema: JsonObject, mark: string, type: string): JsonObject {
  const { nullable, ...rest } = schema;
  const isNullable = nullable === true || arrayIn(schema, "type").includes("null");
  return { ...rest, type, [mark]: true, ...(isNullable && { [NULL_MARK]: true }) };
}

/** The schema with these properties required. */
export function requireNames(schema: JsonObject, names: readonly string[]): JsonObject {
  return { type: "object", [REQUIRED_MARK]: names, [SUBJECT]: schema };
}
