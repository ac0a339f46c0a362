import { isObject } from "./merge-update.js";

type Schema = Record<string, unknown>;

/**
 * Replaces `items: { anyOf: [...] }` of a schema that is not a list by what it stands for: one of the alternatives. Objects become one
 * object, in which is required what all of them require, because a reader of a union could only read what all of them have; objects
 * that differ in the single value of a member stay alternatives. An alternative `{ nullable: true }` makes the schema nullable.
 * Returns false if the schema has no such `items`, and is then unchanged.
 */
export function uniteItems(schema: Schema): boolean {
  const alternatives = isObject(schema.items) ? schema.items.anyOf : undefined;
  if (!Array.isArray(alternatives) || !alternatives.every(isObject)) return false;
  const isNull = (one: Schema) => one.nullable === true && one.type === undefined && one.$ref === undefined;
  const values = alternatives.filter((one) => !isNull(one));
  delete schema.items;
  Object.assign(schema, unite(values));
  if (values.length < alternatives.length) schema.nullable = true;
  return true;
}

function unite(schemas: readonly Schema[]): Schema {
  if (schemas.every(({ type }) => type === "object") && !hasTag(schemas)) return schemas.reduce(uniteObjects);
  return { anyOf: [...schemas] };
}

/** Whether the objects have a member in common with a single value each, such as `type: { enum: ["file"] }`. */
function hasTag(schemas: readonly Schema[]): boolean {
  const [first, ...others] = schemas.map(({ properties }) => (isObject(properties) ? properties : {}));
  if (first === undefined || others.length === 0) return false;
  return Object.keys(first).some((name) => {
    const values = [first, ...others].map((properties) => properties[name]);
    const tags = values.map((value) => (isObject(value) && Array.isArray(value.enum) ? value.enum : []));
    return tags.every((tag) => tag.length === 1 && typeof tag[0] === "string") && new Set(tags.flat()).size > 1;
  });
}

function uniteObjects(one: Schema, other: Schema): Schema {
  const properties: Schema = { ...(one.properties as Schema | undefined) };
  for (const [name, schema] of Object.entries((other.properties as Schema | undefined) ?? {})) {
    const value = Object.hasOwn(properties, name) ? uniteTwo(properties[name], schema) : schema;
    Object.defineProperty(properties, name, { value, enumerable: true, writable: true, configurable: true });
  }
  const required = (schema: Schema) => (Array.isArray(schema.required) ? schema.required : []);
  const both = required(one).filter((name) => required(other).includes(name));
  return { type: "object", properties, ...(both.length > 0 && { required: both }) };
}

function uniteTwo(one: unknown, other: unknown): unknown {
  if (JSON.stringify(one) === JSON.stringify(other) || !isObject(one) || !isObject(other)) return one;
  if (one.type === "object" && other.type === "object" && !hasTag([one, other])) return uniteObjects(one, other);
  const listed = Array.isArray(one.anyOf) && Object.keys(one).length === 1 ? one.anyOf : [one];
  const isListed = listed.some((known) => JSON.stringify(known) === JSON.stringify(other));
  return isListed ? one : { anyOf: [...listed, other] };
}
