import { ConfigurationError } from "../errors/configuration-error.js";
import type { ProviderProfile } from "./profile.js";

/** How the provider writes a date. */
export type DateStyle = NonNullable<ProviderProfile["dates"]>;

/** The text of a scalar; undefined for an object or array, which its style must spread. Throws ConfigurationError where none exists. */
export function scalarText(value: unknown, dates: DateStyle, where: string): string | undefined {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new ConfigurationError(`${where} is an invalid Date.`);
    return dates === "iso" ? value.toISOString() : String(Math.floor(value.getTime() / 1_000));
  }
  switch (typeof value) {
    case "string":
    case "boolean":
    case "bigint":
      return String(value);
    case "number":
      if (Number.isFinite(value)) return String(value);
      throw new ConfigurationError(`${where} is ${value}, which has no text in a request.`);
    case "object":
      return undefined;
    default:
      throw new ConfigurationError(`${where} is a ${typeof value}, which cannot be sent.`);
  }
}

const maxDepth = 32;

/**
 * Spreads a value into pairs with bracketed names: `a[b][0]`. Undefined is left out, null goes out empty, an empty
 * array too, so that a list can be cleared.
 */
export function bracketPairs(
  name: string,
  value: unknown,
  dates: DateStyle,
  pairs: [name: string, text: string][] = [],
  depth = 0,
): [name: string, text: string][] {
  if (value === undefined) return pairs;
  if (value === null) {
    pairs.push([name, ""]);
    return pairs;
  }
  const text = scalarText(value, dates, name);
  if (text !== undefined) {
    pairs.push([name, text]);
    return pairs;
  }
  if (depth === maxDepth)
    throw new ConfigurationError(`${name.slice(0, 64)} is nested deeper than ${maxDepth} levels, or refers to itself.`);
  if (Array.isArray(value) && value.length === 0) pairs.push([name, ""]);
  for (const [key, inner] of Object.entries(value as object))
    bracketPairs(`${name}[${key}]`, inner, dates, pairs, depth + 1);
  return pairs;
}

/** `application/x-www-form-urlencoded` text of pairs; names and values are both encoded. */
export function encodePairs(pairs: readonly (readonly [name: string, text: string])[]): string {
  return pairs.map(([name, text]) => `${encode(name)}=${encode(text)}`).join("&");
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new ConfigurationError("A parameter holds half of a character (a lone surrogate), which cannot be sent.");
  }
}
