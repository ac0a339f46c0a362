import type { QueryStyle } from "./profile.js";
import { bracketPairs, type DateStyle, encodePairs, scalarText } from "./serialise-value.js";

type Pairs = [name: string, text: string][];

const separators = { comma: ",", space: " ", pipe: "|" } as const;

/** The JSON text of a value, with its dates in the provider's style. */
export function jsonText(value: unknown, dates: DateStyle): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, text) {
    const original = this[key];
    return original instanceof Date && dates === "unix-seconds" ? Math.floor(original.getTime() / 1_000) : text;
  });
}

function items(name: string, value: object, dates: DateStyle): string[] {
  const list = Array.isArray(value) ? value : Object.entries(value).flat();
  return list
    .filter((item) => item !== undefined && item !== null)
    .map((item) => scalarText(item, dates, name) ?? jsonText(item, dates));
}

function pairsOf(name: string, value: object, style: QueryStyle, dates: DateStyle): Pairs {
  switch (style) {
    case "brackets":
      return bracketPairs(name, value, dates);
    case "json":
      return [[name, jsonText(value, dates)]];
    case "repeat":
      if (Array.isArray(value)) return items(name, value, dates).map((text) => [name, text]);
      return Object.entries(value).flatMap(([key, inner]): Pairs => {
        if (inner === undefined || inner === null) return [];
        return [[key, scalarText(inner, dates, key) ?? jsonText(inner, dates)]];
      });
    default: {
      const list = items(name, value, dates);
      return list.length === 0 ? [] : [[name, list.join(separators[style])]];
    }
  }
}

/**
 * A query in the provider's style: names and values encoded, dates written as it reads them, nested values never
 * dropped; undefined and null are left out. Throws ConfigurationError for what has no text.
 */
export function serialiseQuery(
  query: Readonly<Record<string, unknown>>,
  styleOf: (name: string) => QueryStyle,
  dates: DateStyle,
): string {
  const pairs: Pairs = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const text = scalarText(value, dates, name);
    if (text === undefined) pairs.push(...pairsOf(name, value as object, styleOf(name), dates));
    else pairs.push([name, text]);
  }
  return encodePairs(pairs);
}
