import type { QueryStyle } from "./profile.js";
import { type DateStyle, plainText, scalarText } from "./spelling.js";

const separators: Partial<Record<QueryStyle, string>> = { comma: ",", space: " ", pipe: "|" };
const maxDepth = 32;

type Pair = readonly [name: string, text: string];

/**
 * Writes one value as pairs of name and text, nested ones in the given style: of a query, or of a form. Undefined is
 * left out; null and, with brackets, an empty list go out empty, so that a value can be cleared.
 */
export function spreadPairs(style: QueryStyle, name: string, value: unknown, dates: DateStyle, depth = 0): Pair[] {
  const pair = (text: string): Pair[] => [[name, text]];
  if (value === undefined) return [];
  const text = value === null ? "" : style === "json" ? plainText(name, value, dates) : scalarText(name, value, dates);
  if (text !== undefined) return pair(text);

  const list = Array.isArray(value);
  const entries = Object.entries(value as object);
  if (style === "brackets") {
    if (depth > maxDepth) throw new TypeError(`\`${name}\` is nested too deeply`);
    if (list && entries.length === 0) return pair("");
    return entries.flatMap(([key, inner]) => spreadPairs(style, `${name}[${key}]`, inner, dates, depth + 1));
  }
  const present = entries.filter(([, inner]) => inner !== undefined && inner !== null);
  if (style === "repeat")
    return present.flatMap(([key, inner]) => spreadPairs("json", list ? name : key, inner, dates));
  const texts = present.flatMap(([key, inner]) => [list ? [] : key, plainText(name, inner, dates)].flat());
  return texts.length === 0 ? [] : pair(texts.join(separators[style]));
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
