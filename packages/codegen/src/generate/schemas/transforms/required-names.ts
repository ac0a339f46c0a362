import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";
import { requireNames } from "./marks.js";
import { type SchemaView, splitAnnotations } from "./schema-view.js";

/**
 * Requires the names that a schema or an inline member of its `allOf` requires, wherever in it the property is:
 * openapi-typescript sees only those beside it (https://github.com/openapi-ts/openapi-typescript/issues/1474). A required name
 * without a property becomes one, because it could not be sent otherwise (issues/931).
 */
export function requireNamesOfAllOf(schema: JsonObject, view: SchemaView): JsonObject {
  if ("$ref" in schema || !isObjectType(schema)) return schema;
  const own = missingNames(schema);
  const { members, names } = takeNames(schema, schema, view);
  const elsewhere = [...new Set([...own.filter((name) => view.mentions(schema, name)), ...names])];
  const nowhere = own.filter((name) => !view.mentions(schema, name));
  if (elsewhere.length === 0 && nowhere.length === 0) return schema;
  const required = arrayIn(schema, "required").filter((name) => !elsewhere.includes(String(name)));
  const { required: _all, ...rest } = schema;
  const additional = fieldOf(schema, "additionalProperties");
  const added = nowhere.map((name) => [name, isJsonObject(additional) ? additional : {}]);
  const subject: JsonObject = {
    ...rest,
    ...(members.length > 0 && { allOf: members }),
    ...(required.length > 0 && { required }),
    ...(added.length > 0 && { properties: { ...objectIn(schema, "properties"), ...Object.fromEntries(added) } }),
  };
  if (elsewhere.length === 0) return subject;
  const { annotations, shape } = splitAnnotations(subject);
  const { nullable, ...texts } = annotations;
  return { ...texts, ...requireNames({ ...shape, ...(nullable === true && { nullable }) }, elsewhere) };
}

function isObjectType({ type }: JsonObject): boolean {
  return type === undefined || type === "object" || (Array.isArray(type) && type.includes("object"));
}

/** The names that a schema requires and has no property for itself. */
function missingNames(schema: JsonObject): string[] {
  const properties = objectIn(schema, "properties");
  return arrayIn(schema, "required")
    .map(String)
    .filter((name) => !Object.hasOwn(properties, name));
}

/** The members of `allOf` without the names that they require of each other, and these names. */
function takeNames(schema: JsonObject, whole: JsonObject, view: SchemaView): { members: unknown[]; names: string[] } {
  const names: string[] = [];
  const members = arrayIn(schema, "allOf").map((member) => {
    if (!isJsonObject(member) || "$ref" in member) return member;
    const inner = takeNames(member, whole, view);
    const taken = missingNames(member).filter((name) => view.mentions(whole, name));
    names.push(...taken, ...inner.names);
    if (taken.length === 0 && inner.names.length === 0) return member;
    const { required: _all, ...rest } = member;
    const required = arrayIn(member, "required").filter((name) => !taken.includes(String(name)));
    return {
      ...rest,
      ...(required.length > 0 && { required }),
      ...(inner.members.length > 0 && { allOf: inner.members }),
    };
  });
  // A member that only required names has nothing left, and `{}` would be a type of its own.
  return { members: members.filter((member) => !isEmpty(member)), names };
}

function isEmpty(member: unknown): boolean {
  if (!isJsonObject(member)) return false;
  const { shape } = splitAnnotations(member);
  return Object.keys(shape).every((keyword) => keyword === "type") && (shape.type ?? "object") === "object";
}
