import { arrayIn, fieldOf, type JsonObject, objectIn } from "../../document/json.js";
import { CLOSED_MARK, markSchema } from "./marks.js";
import type { SchemaView } from "./schema-view.js";

const OTHERS = ["patternProperties", "allOf", "anyOf", "oneOf", "enum", "const", "required"];

/**
 * Marks objects that allow no properties: openapi-typescript makes them either objects of anything or, with another option, all
 * empty objects closed (https://github.com/openapi-ts/openapi-typescript/issues/1004). A closed member of `allOf` says nothing,
 * because the other members would contradict it (issues/1520).
 */
export function markClosed(schema: JsonObject, view: SchemaView): JsonObject {
  if (isClosed(schema)) return markSchema(schema, CLOSED_MARK, "object");
  const members = arrayIn(schema, "allOf");
  const open = members.filter((member) => !isClosed(view.resolve(member)));
  return members.length < 2 || open.length === members.length ? schema : { ...schema, allOf: open };
}

function isClosed(schema: JsonObject | undefined): boolean {
  return (
    schema !== undefined &&
    fieldOf(schema, "type") === "object" &&
    fieldOf(schema, "additionalProperties") === false &&
    Object.keys(objectIn(schema, "properties")).length === 0 &&
    OTHERS.every((keyword) => fieldOf(schema, keyword) === undefined)
  );
}
