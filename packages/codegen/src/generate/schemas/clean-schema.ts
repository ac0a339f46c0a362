import { CodegenError } from "../../errors/codegen-error.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { referenceOf } from "../document/reference.js";
import type { ComponentTable } from "./component-table.js";
import { toCommentText } from "./document-text.js";
import { toPrintableKey } from "./printable-key.js";
import { joinSiblings } from "./reference-siblings.js";

const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
const MAX_DEPTH = 200;

/**
 * A copy of a schema with only the keywords that its type is generated from, each with a value that OpenAPI allows.
 * openapi-typescript trusts its input: `required: true` or a `title` that is a number would make it throw a TypeError.
 * @throws CodegenError if schemas are nested more than 200 levels deep.
 */
export function cleanSchema(schema: unknown, components: ComponentTable, depth = 0): JsonObject | boolean {
  if (typeof schema === "boolean") return schema ? {} : false;
  if (!isJsonObject(schema)) return {};
  if (depth > MAX_DEPTH)
    throw new CodegenError(
      `A schema is nested more than ${MAX_DEPTH} levels deep. Types cannot be generated from its document.`,
    );
  const reference = referenceOf(schema);
  const clean: Record<string, unknown> = cleanAnnotations(schema);
  if (reference !== undefined) {
    const { $ref: _reference, ...siblings } = schema;
    const target = { $ref: components.reference("schemas", reference) };
    const joined = { target, siblings: cleanSchema(siblings, components, depth + 1), annotations: clean };
    return joinSiblings(components.document, joined);
  }

  const child = (value: unknown) => cleanSchema(value, components, depth + 1);
  const children = (values: readonly unknown[]) => values.filter(isJsonObject).map(child);
  const childrenByName = (values: JsonObject) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [toPrintableKey(name), child(value)]));

  const type = cleanType(fieldOf(schema, "type"));
  if (type !== undefined) clean.type = type;
  if (fieldOf(schema, "type") === "file") clean.type = "string";
  // Asana and others omit `type: array` beside `items`.
  if (type === undefined && isJsonObject(fieldOf(schema, "items"))) clean.type = "array";
  if (fieldOf(schema, "nullable") === true) clean.nullable = true;
  const values = arrayIn(schema, "enum").filter(isLiteral);
  // openapi-typescript treats the enum values of an object as schemas.
  if (values.length > 0 && !type?.includes("object")) clean.enum = values;
  const constant = fieldOf(schema, "const");
  // openapi-typescript takes null for an absent `const`.
  if (constant === null) clean.type = "null";
  else if (isLiteral(constant)) clean.const = constant;

  const properties = fieldOf(schema, "properties");
  if (isJsonObject(properties)) clean.properties = childrenByName(properties);
  const required = arrayIn(schema, "required").filter((name) => typeof name === "string");
  if (required.length > 0) clean.required = [...new Set(required)].map(toPrintableKey);
  const additional = fieldOf(schema, "additionalProperties");
  if (additional !== undefined) clean.additionalProperties = additional === true || child(additional);
  const patterns = objectIn(schema, "patternProperties");
  if (Object.keys(patterns).length > 0) clean.patternProperties = childrenByName(patterns);

  const items = fieldOf(schema, "items");
  if (isJsonObject(items)) clean.items = child(items);
  const tuple = Array.isArray(items) ? items : arrayIn(schema, "prefixItems");
  if (tuple.length > 0) {
    clean.prefixItems = tuple.map(child);
    const rest = fieldOf(schema, "additionalItems");
    if (Array.isArray(items) && isJsonObject(rest)) clean.items = child(rest);
    if (typeof fieldOf(schema, "minItems") === "number") clean.minItems = fieldOf(schema, "minItems");
    clean.type ??= "array";
  }
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const members = children(arrayIn(schema, keyword));
    if (members.length > 0) clean[keyword] = members;
  }
  const discriminator = cleanDiscriminator(fieldOf(schema, "discriminator"), components);
  if (discriminator !== undefined) clean.discriminator = discriminator;
  return clean;
}

/** The keywords that become the comment of a type: texts, examples and defaults. */
export function cleanAnnotations(value: JsonObject): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const name of ["title", "summary", "description", "format"]) {
    const text = stringIn(value, name);
    if (text !== undefined) clean[name] = toCommentText(text);
  }
  for (const name of ["deprecated", "readOnly", "writeOnly"]) if (fieldOf(value, name) === true) clean[name] = true;
  for (const name of ["default", "example"]) {
    const found = fieldOf(value, name);
    if (found !== undefined && found !== null)
      clean[name] = typeof found === "string" ? toCommentText(found) : formatLiteral(found);
  }
  const examples = arrayIn(value, "examples").filter((example) => example !== null);
  if (examples.length > 0)
    clean.examples = examples.map((example) =>
      typeof example === "string" ? toCommentText(example) : formatLiteral(example),
    );
  return clean;
}

function formatLiteral(value: unknown): string {
  return toCommentText(JSON.stringify(value, null, 2) ?? "");
}

function cleanType(type: unknown): string | string[] | undefined {
  if (typeof type === "string") return TYPES.has(type) ? type : undefined;
  if (!Array.isArray(type)) return undefined;
  const known = type.filter((name): name is string => typeof name === "string" && TYPES.has(name));
  return known.length > 1 ? known : known[0];
}

function cleanDiscriminator(value: unknown, components: ComponentTable): JsonObject | undefined {
  const propertyName = stringIn(value, "propertyName");
  if (propertyName === undefined) return undefined;
  const mapping = Object.entries(objectIn(value, "mapping")).flatMap(([key, target]) => {
    // A target is a reference or the name of a schema (OpenAPI 3.1, section 4.8.25). References to other files are
    // dropped.
    const reference =
      typeof target !== "string" ? "" : /^[A-Za-z0-9._-]+$/.test(target) ? `#/components/schemas/${target}` : target;
    return reference.startsWith("#/") && components.canResolve(reference)
      ? [[key, components.reference("schemas", reference)]]
      : [];
  });
  return {
    propertyName: toPrintableKey(propertyName),
    ...(mapping.length > 0 && { mapping: Object.fromEntries(mapping) }),
  };
}

// JSON has no infinity, but `1e999` is parsed as infinity, which has no literal type.
function isLiteral(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isLiteral);
  if (isJsonObject(value)) return Object.values(value).every(isLiteral);
  return value === null || typeof value === "string" || typeof value === "boolean";
}
