import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";
import { type SchemaView, splitAnnotations, withoutTexts } from "./schema-view.js";

const SHAPE =
  "$ref type enum const properties additionalProperties patternProperties items prefixItems allOf anyOf oneOf";
const SHAPE_KEYWORDS = SHAPE.split(" ");
const OBJECT_KEYWORDS = ["properties", "additionalProperties", "patternProperties", "allOf"];

/**
 * Separates the alternatives of a schema from what all of them share. openapi-typescript makes a union of both, so that
 * `anyOf: [{ required: [a] }, { required: [b] }]` beside properties is `unknown`, or lets the alternatives alone pass:
 * https://github.com/openapi-ts/openapi-typescript/issues/2380, issues/1441 and issues/642.
 */
export function separateAlternatives(schema: JsonObject, view: SchemaView): JsonObject {
  const kept = dropVacuous(schema);
  const { anyOf, oneOf, ...base } = kept;
  if (anyOf === undefined && oneOf === undefined) return kept;
  const isObject = OBJECT_KEYWORDS.some((keyword) => fieldOf(base, keyword) !== undefined) || "required" in base;
  const fill = (members: unknown) => (members as unknown[]).map((member) => fillRequired(member, base, view));
  const filled = {
    ...(anyOf !== undefined && { anyOf: fill(anyOf) }),
    ...(oneOf !== undefined && { oneOf: fill(oneOf) }),
  };
  if (!isObject) return anyOf === undefined ? { ...kept, ...filled } : shareType({ ...kept, ...filled });
  if (anyOf === undefined) return { ...kept, ...filled };
  const { annotations, shape } = splitAnnotations(base);
  const isNullable = arrayIn(shape, "type").includes("null");
  const shared = isNullable ? { ...shape, type: arrayIn(shape, "type").filter((type) => type !== "null")[0] } : shape;
  return {
    ...annotations,
    ...(isNullable && { nullable: true }),
    allOf: [shared, ...Object.entries(filled).map(([keyword, members]) => ({ [keyword]: members }))],
  };
}

/** Alternatives of which one allows every value say nothing. */
function dropVacuous(schema: JsonObject): JsonObject {
  const isVacuous = (member: unknown) =>
    isJsonObject(member) && ![...SHAPE_KEYWORDS, "required"].some((keyword) => fieldOf(member, keyword) !== undefined);
  const vacuous = ["anyOf", "oneOf"].filter((keyword) => arrayIn(schema, keyword).some(isVacuous));
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !vacuous.includes(keyword)));
}

/** An alternative that requires properties of the shared part, with these properties. */
function fillRequired(member: unknown, base: JsonObject, view: SchemaView): unknown {
  if (!isJsonObject(member) || "$ref" in member) return member;
  const missing = arrayIn(member, "required").filter((name) => !view.mentions(member, String(name)));
  if (missing.length === 0) return member;
  const properties = missing.map((name) => [name, withoutTexts(view.property(base, String(name)))]);
  return {
    ...member,
    type: "object",
    properties: { ...objectIn(member, "properties"), ...Object.fromEntries(properties) },
  };
}

/** A type that is written once, beside alternatives that only restrict it, is the type of each. */
function shareType(schema: JsonObject): JsonObject {
  const { type, anyOf, ...rest } = schema;
  if (type === undefined || "enum" in schema || "const" in schema) return schema;
  const hasType = (member: unknown) => SHAPE_KEYWORDS.some((keyword) => fieldOf(member, keyword) !== undefined);
  const members = (anyOf as unknown[]).map((member) =>
    hasType(member) ? member : { ...(member as JsonObject), type },
  );
  const isNullable = type === "null" || arrayIn(schema, "type").includes("null");
  return { ...rest, ...(isNullable && { nullable: true }), anyOf: members };
}
