import { fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";
import { splitAnnotations, withoutTexts } from "./schema-view.js";

/**
 * The index signature of an object with properties allows their types, too: TypeScript asks it of every property, and
 * openapi-typescript's intersection of both is a type that no object has where they differ.
 * https://github.com/openapi-ts/openapi-typescript/issues/1055
 */
export function widenIndexSignature(schema: JsonObject): JsonObject {
  const { patternProperties, ...rest } = schema;
  const properties = Object.values(objectIn(schema, "properties"));
  const patterns = Object.values(objectIn(schema, "patternProperties"));
  const additional = fieldOf(schema, "additionalProperties");
  const isTyped = isJsonObject(additional) && Object.keys(splitAnnotations(additional).shape).length > 0;
  if (properties.length === 0 || (!isTyped && patterns.length === 0)) return schema;
  const isOpen = additional === true || (isJsonObject(additional) && !isTyped);
  const types = [...(isTyped ? [additional] : []), ...patterns, ...properties].map(withoutTexts);
  const isUnknown = isOpen || types.some((type) => isJsonObject(type) && Object.keys(type).length === 0);
  const distinct = [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
  return { ...rest, additionalProperties: isUnknown ? {} : { anyOf: distinct } };
}
