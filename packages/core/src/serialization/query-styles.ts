import type { Pair, Parameter, ParameterContext, SerializeParameter } from "../pipeline/strategies.js";
import type { QueryStyle } from "../provider/profile.js";
import { formatJson, formatScalar } from "./format-value.js";

const maxDepth = 32;
const separators: Partial<Record<QueryStyle, string>> = { comma: ",", space: " ", pipe: "|" };

/**
 * Writes one parameter as pairs: a scalar as its text, an array or object by the style's serializer, or as JSON without one.
 * Undefined is left out; null is sent as an empty value, so that a value can be cleared.
 */
export function serializeParameter({ name, value }: Parameter, context: ParameterContext): readonly Pair[] {
  if (value === undefined) return [];
  const { serialize, formatDate } = context;
  const text = value === null ? "" : formatScalar(name, value, formatDate);
  if (text !== undefined) return [[name, text]];
  return serialize ? serialize({ name, value: value as object }, context) : [[name, formatJson(value, formatDate)]];
}

/** `a=1&a=2`; an object's keys become parameters. */
export const repeatStyle: SerializeParameter = ({ name, value }, context) => {
  const inner = { ...context, serialize: undefined };
  return Object.entries(value).flatMap(([key, item]) =>
    item === null ? [] : serializeParameter({ name: Array.isArray(value) ? name : key, value: item }, inner),
  );
};

/** `a=1,2`, with the separator of `comma`, `space` or `pipe`; an object's keys and values alternate. */
export const delimitedStyle: SerializeParameter = (parameter, context) => {
  const { name, value } = parameter;
  const pairs = repeatStyle(parameter, context);
  if (pairs.length === 0) return [];
  return [[name, pairs.flatMap((pair) => (Array.isArray(value) ? pair[1] : pair)).join(separators[context.style])]];
};

/** `a[0]=1&a[b]=2`; an empty list is sent as an empty value. Throws TypeError for values nested deeper than 32 levels. */
export const bracketStyle: SerializeParameter = ({ name, value }, context) => {
  const { depth } = context;
  if (depth > maxDepth) throw new TypeError(`\`${name}\` is nested deeper than ${maxDepth} levels`);
  const entries = Object.entries(value);
  if (Array.isArray(value) && entries.length === 0) return [[name, ""]];
  const inner = { ...context, depth: depth + 1 };
  return entries.flatMap(([key, item]) => serializeParameter({ name: `${name}[${key}]`, value: item }, inner));
};

/** Encodes pairs and joins them as a query or a form. */
export function joinPairs(pairs: readonly Pair[]): string {
  return pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
}
