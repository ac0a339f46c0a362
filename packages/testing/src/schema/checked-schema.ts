import { format } from "@cfworker/json-schema";
import { listKeys, mapKeys, schemaKeys } from "./convert-schema.js";
import type { JsonSchema, SchemaObject } from "./json-schema.js";
import { linearPattern } from "./linear-pattern.js";

type Check = (text: string) => boolean;

// The validator compiles patterns with `new RegExp`, and asks this table for formats: it has no other place for a check of ours.
const checks = format as Record<string, Check>;
const ownFormat = (name: string) => `connectry ${name}`;

// Its own check of `url` backtracks: 30 letters and a wrong sign take minutes.
checks[ownFormat("url")] = (text) => /^(https?|ftp):\/\/[^\s/]\S*$/i.test(text) && URL.canParse(text);

/** The format that checks a pattern. */
function patternFormat(pattern: string): string {
  const name = ownFormat(`pattern ${pattern}`);
  checks[name] ??= (text) => linearPattern(pattern)?.test(text) ?? true;
  return name;
}

/** Of the name of a format of ours, what it stands for. */
export function describeFormat(text: string): string {
  return text.replace(/format "connectry (pattern )?(.*)"/s, (_, isPattern, name) =>
    isPattern ? `pattern ${name}` : `format "${name}"`,
  );
}

const cache = new WeakMap<object, SchemaObject>();

/** A schema as the validator gets it: what it would check by backtracking is checked in linear time. */
export function checkedSchema(schema: JsonSchema): JsonSchema {
  if (typeof schema !== "object") return schema;
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const checked: Record<string, unknown> = { ...schema };
  for (const [key, value] of Object.entries(schema)) {
    if (mapKeys.includes(key)) {
      const entries = Object.entries(value as Readonly<Record<string, JsonSchema>>);
      checked[key] = Object.fromEntries(entries.map(([name, inner]) => [name, checkedSchema(inner)]));
    } else if (listKeys.includes(key)) checked[key] = (value as readonly JsonSchema[]).map(checkedSchema);
    else if (schemaKeys.includes(key)) checked[key] = checkedSchema(value as JsonSchema);
  }
  if (schema.format === "url") checked.format = ownFormat("url");
  if (schema.pattern !== undefined) {
    delete checked.pattern;
    checked.allOf = [...((checked.allOf as JsonSchema[] | undefined) ?? []), { format: patternFormat(schema.pattern) }];
  }
  cache.set(schema, checked as SchemaObject);
  return checked as SchemaObject;
}
