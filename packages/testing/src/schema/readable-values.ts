import { matchPattern } from "./match-pattern.js";
import type { PrunedSchema } from "./pruned-schema.js";

/** The place of a generated value in its sample. */
export interface ValuePlace {
  /** The path within the sample, separated by slashes. */
  readonly path: string;
  /** The number of the sample. */
  readonly number: number;
}

// 2023-11-14T22:13:20Z
const epochSeconds = 1_700_000_000;

function nameOf(schema: PrunedSchema, path: string): string {
  const key = path.split("/").findLast((part) => !/^\d*$/.test(part));
  return (schema.title ?? key ?? "text").replace(/[^A-Za-z0-9]+/g, "_");
}

/** A string that names its member instead of random letters: `customer_3` is the id of the third customer. */
function freeText(schema: PrunedSchema, { path, number }: ValuePlace): string {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  // The second and later items of an array get their index, so that they differ from the first.
  const indices = path.split("/").filter((part) => /^[1-9]\d*$/.test(part));
  const suffix = ["", number, ...indices].join("_");
  // Where there is no room for the name, the end of the suffix keeps values distinct.
  if (suffix.length >= maxLength) return suffix.slice(suffix.length - maxLength).padEnd(minLength, "x");
  return `${nameOf(schema, path).slice(0, maxLength - suffix.length)}${suffix}`.padEnd(minLength, "x");
}

/** Replaces a generated value with a readable one where its schema permits. */
export function makeReadable(value: unknown, schema: PrunedSchema, place: ValuePlace): unknown {
  const { number } = place;
  if (schema.freeText && schema.format === "decimal") return String(number);
  if (schema.freeText) return freeText(schema, place);
  if (typeof value === "string" && typeof schema.pattern === "string" && schema.enum === undefined)
    return matchPattern(value, schema, number);
  // The generator supports `uri`, but not its older name `url`.
  if (typeof value === "string" && schema.format === "url" && schema.const === undefined && schema.enum === undefined)
    return `https://example.test/${number}`;
  const isTime = typeof value === "number" && schema.format === "unix-time" && schema.const === undefined;
  return isTime ? epochSeconds + number * 60 : value;
}
