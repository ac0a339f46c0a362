import { arrayIn, type JsonObject } from "../../document/json.js";
import { markSchema, TUPLE_MARK } from "./marks.js";

/**
 * Marks tuples. openapi-typescript ignores `items` and `minItems` beside `prefixItems`:
 * https://github.com/openapi-ts/openapi-typescript/issues/1892
 */
export function markTuple(schema: JsonObject): JsonObject {
  return arrayIn(schema, "prefixItems").length === 0 ? schema : markSchema(schema, TUPLE_MARK, "array");
}
