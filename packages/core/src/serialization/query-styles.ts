import type { Pair, Parameter, ParameterContext, SerializeParameter } from "../pipeline/strategies.js";
import type { QueryStyle } from "../provider/profile.js";
import { toData } from "./format-value.js";
import { percentEncode } from "./percent-encode.js";

const maxDepth = 32;
const separators: Partial<Record<QueryStyle, string>> = { space: " ", pipe: "|" };

/**
 * Writes one parameter as pairs: a scalar as its text, an array or object by the style's serializer, or as JSON without one.
 * Undefined is left out. Null is sent as an empty value where that clears a value, and left out elsewhere.
 */
export function serializeParameter({ name, value }: Parameter, context: ParameterContext): readonly Pair[] {
  const { serialize, formatDate, formatJson, clears } = context;
  const data = toData(name, value, formatDate) ?? (clears && value === null ? "" : undefined);
  if (data === undefined) return [];
  if (typeof data !== "object") return [[name, `${data}`]];
  return serialize ? serialize({ name, value: data as object }, context) : [[name, formatJson(name, data, formatDate)]];
}

/** `a=1&a=2`; an object's keys become parameters. */
export const repeatStyle: SerializeParameter = ({ name, value }, context) => {
  const inner = { ...context, serialize: undefined, clears: false };
  return Object.entries(value).flatMap(([key, item]) =>
    serializeParameter({ name: Array.isArray(value) ? name : key, value: item }, inner),
  );
};

/**
 * `a=1,2`, with the separator of `comma`, `space` or `pipe`; an object's keys and values alternate. A comma within a text is encoded,
 * and one between two is not. Throws TypeError for a text that contains another separator, because it would arrive as two.
 */
export const delimitedStyle: SerializeParameter = (parameter, context) => {
  const { name, value } = parameter;
  const separator = separators[context.style];
  const pairs = repeatStyle(parameter, context);
  if (pairs.length === 0) return [];
  const texts = pairs.flatMap(([key, text]) => (Array.isArray(value) ? text : [key, text]));
  if (!separator) return [[name, texts.map(percentEncode).join(","), true]];
  if (texts.some((text) => text.includes(separator))) {
    throw new TypeError(`\`${name}\` has a text that contains its separator`);
  }
  return [[name, texts.join(separator)]];
};

/**
 * `a[0]=1&a[b]=2`; an empty list is sent as an empty value. Throws TypeError for values nested deeper than 32 levels, and for a
 * key that is empty or has brackets, because it would arrive as another.
 */
export const bracketStyle: SerializeParameter = ({ name, value }, context) => {
  const { depth } = context;
  if (depth > maxDepth) throw new TypeError(`\`${name}\` is nested deeper than ${maxDepth} levels`);
  const entries = Object.entries(value);
  if (Array.isArray(value) && entries.length === 0) return [[name, ""]];
  const inner = { ...context, depth: depth + 1 };
  return entries.flatMap(([key, item]) => {
    // https://docs.stripe.com/metadata
    if (/^$|[[\]]/.test(key)) throw new TypeError(`\`${name}\` has a key that is empty or contains brackets`);
    return serializeParameter({ name: `${name}[${key}]`, value: item }, inner);
  });
};

/** Encodes pairs and joins them as a query or a form. */
export function joinPairs(pairs: readonly Pair[]): string {
  return pairs
    .map(([name, text, isEncoded]) => `${percentEncode(name)}=${isEncoded ? text : percentEncode(text)}`)
    .join("&");
}
