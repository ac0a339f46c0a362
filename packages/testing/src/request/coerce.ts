import type { FormStyle } from "../http/parse-form.js";
import { isObject } from "../json/json-object.js";
import type { SchemaView } from "../schema/document-schemas.js";
import { type JsonSchema, typesOf } from "../schema/json-schema.js";

/** How strings are converted. */
export interface CoerceContext {
  readonly view: SchemaView;
  readonly style: FormStyle;
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const index = /^\d+$/;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function coerceString(text: string, schema: Exclude<JsonSchema, boolean>, context: CoerceContext): unknown {
  const types = typesOf(schema);
  if (types.length === 0 || types.includes("string")) return text;
  // An empty string clears a value: it means null where the schema has null, else the empty array.
  if (text === "") return types.includes("null") ? null : types.includes("array") ? [] : text;
  if (number.test(text) && (types.includes("integer") || types.includes("number"))) return Number(text);
  if ((text === "true" || text === "false") && types.includes("boolean")) return text === "true";
  const isJson =
    (types.includes("array") && text.startsWith("[")) || (types.includes("object") && text.startsWith("{"));
  if (isJson && context.style !== "brackets") return parseJson(text);
  if (context.style === "repeat" && types.includes("array")) return [coerce(text, schema.items ?? true, context)];
  return text;
}

function coerceAlternative(value: unknown, alternatives: readonly JsonSchema[], context: CoerceContext): unknown {
  let best: { readonly value: unknown; readonly errors: number } | undefined;
  for (const alternative of alternatives) {
    const coerced = coerce(value, alternative, context);
    const errors = context.view.validate(coerced, alternative).length;
    if (errors === 0) return coerced;
    if (best === undefined || errors < best.errors) best = { value: coerced, errors };
  }
  return best === undefined ? value : best.value;
}

/** Copies a value into plain objects, since parsed forms have objects without a prototype. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlain(member)]))
    : value;
}

/** Converts strings to the numbers, booleans, nulls and arrays of a schema. Strings that do not fit stay strings. */
export function coerce(value: unknown, schema: JsonSchema, context: CoerceContext): unknown {
  if (typeof schema === "boolean") return toPlain(value);
  let result = value;
  if (schema.$ref !== undefined) result = coerce(result, context.view.resolve(schema.$ref), context);
  for (const part of schema.allOf ?? []) result = coerce(result, part, context);
  if (schema.anyOf !== undefined) result = coerceAlternative(result, schema.anyOf, context);
  if (schema.oneOf !== undefined) result = coerceAlternative(result, schema.oneOf, context);
  if (typeof result === "string") return coerceString(result, schema, context);
  const types = typesOf(schema);
  if (isObject(result) && types.includes("array") && Object.keys(result).every((key) => index.test(key))) {
    // Long arrays in brackets are parsed as objects with their indices as keys.
    result = Object.values(result);
  }
  if (Array.isArray(result)) {
    const items = schema.items;
    return items === undefined ? toPlain(result) : result.map((item) => coerce(item, items, context));
  }
  if (!isObject(result)) return result;
  const entries = Object.entries(result).map(([key, member]): [string, unknown] => {
    const properties = schema.properties ?? {};
    const property = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
    return [key, property === undefined ? toPlain(member) : coerce(member, property, context)];
  });
  return Object.fromEntries(entries);
}
