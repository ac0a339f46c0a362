import { type JsonSchema, typesOf } from "./json-schema.js";
import type { SchemaView } from "./schema-space.js";

/** Says whether some value of a schema is nested no deeper than a number of levels. */
export type Fits = (schema: JsonSchema, levels: number) => boolean;

/**
 * Schemas refer to themselves and to each other, so that a sample must know which way ends. Only what a schema
 * demands counts: required members and minimal list lengths.
 */
export function createFits(view: SchemaView): Fits {
  const known = new WeakMap<object, (boolean | undefined)[]>();

  const compute = (schema: Exclude<JsonSchema, boolean>, levels: number): boolean => {
    if (schema.$ref !== undefined && !fits(view.at(schema.$ref), levels)) return false;
    if (schema.allOf?.some((part) => !fits(part, levels))) return false;
    for (const choices of [schema.anyOf, schema.oneOf]) {
      if (choices !== undefined && !choices.some((choice) => fits(choice, levels))) return false;
    }
    const types = typesOf(schema);
    if (schema.enum !== undefined || schema.const !== undefined) return true;
    if (types.length > 0 && !types.every((type) => type === "object" || type === "array")) return true;
    const required = schema.required ?? [];
    const inner: JsonSchema[] = required.map(
      (name) => schema.properties?.[name] ?? schema.additionalProperties ?? true,
    );
    if ((schema.minItems ?? 0) > 0) inner.push(schema.items ?? true);
    return inner.every((one) => levels > 0 && fits(one, levels - 1));
  };

  const fits: Fits = (schema, levels) => {
    if (typeof schema === "boolean") return schema;
    let answers = known.get(schema);
    if (answers === undefined) {
      answers = [];
      known.set(schema, answers);
    }
    const before = answers[levels];
    if (before !== undefined) return before;
    // Met again on its own way: that way does not end.
    answers[levels] = false;
    const answer = compute(schema, levels);
    answers[levels] = answer;
    return answer;
  };
  return fits;
}
