import { isObject } from "../document/json.js";
import { type JsonSchema, typesOf } from "../schema/json-schema.js";
import type { SchemaView } from "../schema/schema-space.js";

/** How nested values were written as text. */
export type TextStyle =
  /** `a[b]=1&c[0]=2` */
  | "brackets"
  /** `c=1&c=2`, objects as JSON text */
  | "repeat"
  /** nested values as JSON text */
  | "json";

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const index = /^\d+$/;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function coerceText(view: SchemaView, schema: Exclude<JsonSchema, boolean>, text: string, style: TextStyle): unknown {
  const types = typesOf(schema);
  if (types.length === 0 || types.includes("string")) return text;
  // Empty text clears a value: null where there is one, else the empty list.
  if (text === "") return types.includes("null") ? null : types.includes("array") ? [] : text;
  if (number.test(text) && (types.includes("integer") || types.includes("number"))) return Number(text);
  if ((text === "true" || text === "false") && types.includes("boolean")) return text === "true";
  const isJson =
    (types.includes("array") && text.startsWith("[")) || (types.includes("object") && text.startsWith("{"));
  if (isJson && style !== "brackets") return parseJson(text);
  if (style === "repeat" && types.includes("array")) return [coerce(view, schema.items ?? true, text, style)];
  return text;
}

function coerceChoice(view: SchemaView, choices: readonly JsonSchema[], value: unknown, style: TextStyle): unknown {
  let nearest: { readonly value: unknown; readonly problems: number } | undefined;
  for (const choice of choices) {
    const coerced = coerce(view, choice, value, style);
    const problems = view.problems(coerced, choice).length;
    if (problems === 0) return coerced;
    if (nearest === undefined || problems < nearest.problems) nearest = { value: coerced, problems };
  }
  return nearest === undefined ? value : nearest.value;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)])) : value;
}

/** Gives text its meaning: the numbers, booleans, nulls and lists that a schema says were written. What does not fit stays. */
export function coerce(view: SchemaView, schema: JsonSchema, value: unknown, style: TextStyle): unknown {
  if (typeof schema === "boolean") return plain(value);
  let result = value;
  if (schema.$ref !== undefined) result = coerce(view, view.at(schema.$ref), result, style);
  for (const part of schema.allOf ?? []) result = coerce(view, part, result, style);
  if (schema.anyOf !== undefined) result = coerceChoice(view, schema.anyOf, result, style);
  if (schema.oneOf !== undefined) result = coerceChoice(view, schema.oneOf, result, style);
  if (typeof result === "string") return coerceText(view, schema, result, style);
  const types = typesOf(schema);
  if (isObject(result) && types.includes("array") && Object.keys(result).every((key) => index.test(key))) {
    // Long lists in brackets are parsed into objects with their indices as keys.
    result = Object.values(result);
  }
  if (Array.isArray(result)) {
    const items = schema.items;
    return items === undefined ? plain(result) : result.map((item) => coerce(view, items, item, style));
  }
  if (!isObject(result)) return result;
  const entries = Object.entries(result).map(([key, inner]): [string, unknown] => {
    const properties = schema.properties ?? {};
    const property = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
    return [key, property === undefined ? plain(inner) : coerce(view, property, inner, style)];
  });
  return Object.fromEntries(entries);
}
