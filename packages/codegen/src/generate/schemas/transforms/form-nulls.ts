import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";
import { mapInnermostFirst, mapValues } from "./walk-schemas.js";

/**
 * Allows null in a form where an empty value is allowed: the client writes null as one, and providers clear a field by it. That is
 * where a schema lists `""`, as Stripe's do (https://docs.stripe.com/api/metadata), and where an optional field is any text.
 */
export function allowEmptyAsNull(schema: unknown): unknown {
  return mapInnermostFirst(schema, (one) => {
    const properties = objectIn(one, "properties");
    if (Object.keys(properties).length === 0) return one;
    const required = arrayIn(one, "required");
    return {
      ...one,
      properties: mapValues(properties, (property, name) =>
        isJsonObject(property) && !required.includes(name) && allowsEmpty(property)
          ? { ...property, nullable: true }
          : property,
      ),
    };
  });
}

function allowsEmpty(schema: JsonObject): boolean {
  const values = arrayIn(schema, "enum");
  if (values.length > 0) return values.includes("");
  const isText =
    fieldOf(schema, "type") === "string" && fieldOf(schema, "format") === undefined && !("const" in schema);
  return isText || ["anyOf", "oneOf"].some((keyword) => arrayIn(schema, keyword).some(listsEmpty));
}

function listsEmpty(member: unknown): boolean {
  return arrayIn(member, "enum").includes("");
}
