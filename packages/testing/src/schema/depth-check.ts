import type { SchemaView } from "./document-schemas.js";
import { type JsonSchema, typesOf } from "./json-schema.js";

/** Whether a schema has a value that is nested at most so many levels deep. */
export type FitsDepth = (schema: JsonSchema, levels: number) => boolean;

/**
 * Creates a check of how deep the values of a schema must be, since schemas refer to themselves and to each other. Only
 * what a schema requires counts: required members and minimal array lengths.
 */
export function createDepthCheck(view: SchemaView): FitsDepth {
  const cache = new WeakMap<object, (boolean | undefined)[]>();

  const compute = (schema: Exclude<JsonSchema, boolean>, levels: number): boolean => {
    if (schema.$ref !== undefined && !fits(view.resolve(schema.$ref), levels)) return false;
    if (schema.allOf?.some((part) => !fits(part, levels))) return false;
    for (const alternatives of [schema.anyOf, schema.oneOf]) {
      if (alternatives !== undefined && !alternatives.some((alternative) => fits(alternative, levels))) return false;
    }
    const types = typesOf(schema);
    if (schema.enum !== undefined || schema.const !== undefined) return true;
    if (types.length > 0 && !types.every((type) => type === "object" || type === "array")) return true;
    const required = schema.required ?? [];
    const nested: JsonSchema[] = required.map(
      (name) => schema.properties?.[name] ?? schema.additionalProperties ?? true,
    );
    if ((schema.minItems ?? 0) > 0) nested.push(schema.items ?? true);
    return nested.every((one) => levels > 0 && fits(one, levels - 1));
  };

  const fits: FitsDepth = (schema, levels) => {
    if (typeof schema === "boolean") return schema;
    let results = cache.get(schema);
    if (results === undefined) {
      results = [];
      cache.set(schema, results);
    }
    const known = results[levels];
    if (known !== undefined) return known;
    // A schema that is reached again from itself at the same level never ends there.
    results[levels] = false;
    const result = compute(schema, levels);
    results[levels] = result;
    return result;
  };
  return fits;
}
