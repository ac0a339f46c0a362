import type { QueryStyle } from "./profile.js";
import { jsonText, type SpellDate, scalarText } from "./spelling.js";

/** A name and its text, neither of them encoded yet. */
export type Pair = readonly [name: string, text: string];

/** Spreads an array or object over pairs. `style` is the word that it is called by, `depth` counts from 0. */
export type SpreadValue = (
  style: QueryStyle,
  name: string,
  value: object,
  date: SpellDate | undefined,
  depth: number,
) => readonly Pair[];

const maxDepth = 32;
const separators: Partial<Record<QueryStyle, string>> = { comma: ",", space: " ", pipe: "|" };

/**
 * Writes one value as pairs: scalars as their text, nested ones by the given strategy, as JSON without one. Undefined is
 * left out; null goes out empty, so that a value can be cleared.
 */
export function spreadPairs(
  spread: SpreadValue | undefined,
  style: QueryStyle,
  name: string,
  value: unknown,
  date: SpellDate | undefined,
  depth = 0,
): readonly Pair[] {
  if (value === undefined) return [];
  const text = value === null ? "" : scalarText(name, value, date);
  if (text !== undefined) return [[name, text]];
  return spread ? spread(style, name, value as object, date, depth) : [[name, jsonText(value, date)]];
}

/** `a=1&a=2`; an object's keys become parameters. */
export const repeatStyle: SpreadValue = (_, name, value, date) =>
  Object.entries(value).flatMap(([key, inner]) =>
    inner === null ? [] : spreadPairs(undefined, "json", Array.isArray(value) ? name : key, inner, date),
  );

/** `a=1,2`, with the separator of `comma`, `space` or `pipe`; an object's keys and values take turns. */
export const delimitedStyle: SpreadValue = (style, name, value, date, depth) => {
  const pairs = repeatStyle(style, name, value, date, depth);
  if (pairs.length === 0) return [];
  return [[name, pairs.flatMap((pair) => (Array.isArray(value) ? pair[1] : pair)).join(separators[style])]];
};

/** `a[0]=1&a[b]=2`; an empty list goes out empty. Throws TypeError for what is nested above 32 levels. */
export const bracketStyle: SpreadValue = (style, name, value, date, depth) => {
  if (depth > maxDepth) throw new TypeError(`\`${name}\` is nested too deeply`);
  const entries = Object.entries(value);
  if (Array.isArray(value) && entries.length === 0) return [[name, ""]];
  return entries.flatMap(([key, inner]) => spreadPairs(bracketStyle, style, `${name}[${key}]`, inner, date, depth + 1));
};

/** The pairs, encoded and joined as a query or a form. */
export function joinPairs(pairs: readonly Pair[]): string {
  return pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
}
