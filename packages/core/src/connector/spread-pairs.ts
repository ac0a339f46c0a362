import type { QueryStyle } from "./profile.js";
import { type DateStyle, jsonText, scalarText } from "./spelling.js";

const separators: Partial<Record<QueryStyle, string>> = { comma: ",", space: " ", pipe: "|" };
const maxDepth = 32;

type Pair = readonly [name: string, text: string];

/**
 * Writes one value as pairs of name and text, nested ones in the given style: of a query, or of a form. Undefined is
 * left out; null and, with brackets, an empty list go out empty, so that a value can be cleared.
 */
export function spreadPairs(style: QueryStyle, name: string, value: unknown, dates: DateStyle, depth = 0): Pair[] {
  if (value === undefined) return [];
  const text = value === null ? "" : (scalarText(name, value, dates) ?? (style === "json" && jsonText(value, dates)));
  if (text !== false) return [[name, text]];

  const isList = Array.isArray(value);
  const entries = Object.entries(value as object);
  if (style === "brackets") {
    if (depth > maxDepth) throw new TypeError(`\`${name}\` is nested too deeply`);
    if (isList && entries.length === 0) return [[name, ""]];
    return entries.flatMap(([key, inner]) => spreadPairs(style, `${name}[${key}]`, inner, dates, depth + 1));
  }
  const pairs = entries.flatMap(([key, inner]) =>
    inner === null ? [] : spreadPairs("json", isList ? name : key, inner, dates),
  );
  if (style === "repeat" || pairs.length === 0) return pairs;
  return [[name, pairs.flatMap((pair) => (isList ? pair[1] : pair)).join(separators[style])]];
}

/** The pairs of all fields, encoded and joined as a query or a form. */
export function joinPairs(
  fields: readonly (readonly [string, unknown])[],
  styleOf: (name: string) => QueryStyle,
  dates: DateStyle,
): string {
  const pairs = fields.flatMap(([name, value]) => spreadPairs(styleOf(name), name, value, dates));
  return pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
}
