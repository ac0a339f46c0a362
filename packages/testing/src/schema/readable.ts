import { matchPattern } from "./match-pattern.js";
import type { PrunedSchema } from "./prune-schema.js";

// 2023-11-14: far enough from every edge.
const epochSeconds = 1_700_000_000;
const formats = new Set([
  ...[
    "date",
    "time",
    "date-time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uuid",
  ],
  ...["uri", "url", "uri-reference", "uri-template", "iri", "iri-reference", "regex"],
  ...["json-pointer", "relative-json-pointer"],
]);

/** Whether a text of this format must look like something; of others, such as `decimal`, nobody can tell. */
export function isKnownFormat(format: string | undefined): boolean {
  return format !== undefined && formats.has(format);
}

function nameOf(schema: PrunedSchema, path: string): string {
  const key = path.split("/").findLast((part) => !/^\d*$/.test(part));
  return (schema.title ?? key ?? "text").replace(/[^A-Za-z0-9]+/g, "_");
}

/** Text that says what it stands for instead of random letters: `customer_3`, the third customer's id. */
function freeText(schema: PrunedSchema, path: string, number: number): string {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  // What stands second and third in a list is told apart from the first.
  const places = path.split("/").filter((part) => /^[1-9]\d*$/.test(part));
  const suffix = ["", number, ...places].join("_");
  // Where the name has no room, the end of the suffix tells values apart.
  if (suffix.length >= maxLength) return suffix.slice(suffix.length - maxLength).padEnd(minLength, "x");
  return `${nameOf(schema, path).slice(0, maxLength - suffix.length)}${suffix}`.padEnd(minLength, "x");
}

/** Makes a generated value readable where its schema leaves it free. */
export function readable(value: unknown, schema: PrunedSchema, path: string, number: number): unknown {
  if (schema.freeText) return freeText(schema, path, number);
  if (typeof value === "string" && typeof schema.pattern === "string" && schema.enum === undefined)
    return matchPattern(value, schema.pattern, schema, number);
  // The generator knows uri and not its older name.
  if (typeof value === "string" && schema.format === "url" && schema.const === undefined && schema.enum === undefined)
    return `https://example.test/${number}`;
  const isTime = typeof value === "number" && schema.format === "unix-time" && schema.const === undefined;
  return isTime ? epochSeconds + number * 60 : value;
}
