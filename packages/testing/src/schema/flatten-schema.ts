import type { Fits } from "./fits.js";
import { type JsonSchema, type SchemaObject, typesOf } from "./json-schema.js";
import type { SchemaView } from "./schema-space.js";

/** Picks one of the alternatives of `anyOf` or `oneOf`. */
export type Choose = (choices: readonly JsonSchema[]) => JsonSchema;

/** A schema without references and compositions, and the name of the component that it came from. */
export interface FlatSchema {
  readonly name: string | undefined;
  readonly schema: SchemaObject;
}

const isNull = (schema: JsonSchema) => typeof schema === "object" && schema.type === "null";

/** Picks the n-th alternative that ends within some levels; null only where nothing else does. */
export function chooseFitting(fits: Fits, levels: number, nth: number): Choose {
  return (choices) => {
    const fitting = choices.filter((choice) => fits(choice, levels));
    const telling = fitting.filter((choice) => !isNull(choice));
    const candidates = telling.length > 0 ? telling : fitting;
    return candidates[nth % candidates.length] ?? choices[0] ?? true;
  };
}

function intersect<T>(one: readonly T[] | undefined, other: readonly T[] | undefined): readonly T[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const both = one.filter((value) => other.includes(value));
  return both.length > 0 ? both : one;
}

function narrowTypes(one: SchemaObject, other: SchemaObject): readonly string[] | undefined {
  const [mine, yours] = [typesOf(one), typesOf(other)];
  if (mine.includes("number") && yours.includes("integer")) return yours;
  if (mine.includes("integer") && yours.includes("number")) return mine;
  return intersect(mine.length > 0 ? mine : undefined, yours.length > 0 ? yours : undefined);
}

function both(one: JsonSchema | undefined, other: JsonSchema | undefined): JsonSchema | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  return { allOf: [one, other] };
}

const larger = (one: number | undefined, other: number | undefined) =>
  one === undefined ? other : Math.max(one, other ?? one);
const smaller = (one: number | undefined, other: number | undefined) =>
  one === undefined ? other : Math.min(one, other ?? one);

/** One schema that demands what both demand. */
function merge(one: SchemaObject, other: SchemaObject): SchemaObject {
  const properties: Record<string, JsonSchema> = Object.assign(Object.create(null), one.properties);
  for (const [name, schema] of Object.entries(other.properties ?? {}))
    properties[name] = both(properties[name], schema) ?? true;
  const merged: Record<string, unknown> = {
    ...one,
    ...other,
    type: narrowTypes(one, other),
    enum: intersect(one.enum, other.enum),
    properties: one.properties === undefined && other.properties === undefined ? undefined : properties,
    required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])],
    items: both(one.items, other.items),
    additionalProperties: both(one.additionalProperties, other.additionalProperties),
  };
  for (const key of ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"] as const)
    merged[key] = larger(one[key], other[key]);
  for (const key of ["maximum", "exclusiveMaximum", "maxLength", "maxItems"] as const)
    merged[key] = smaller(one[key], other[key]);
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** Whether an alternative leaves a value possible beside what holds already: enumerations of both must meet. */
function agrees(view: SchemaView, choice: JsonSchema, outer: SchemaObject): boolean {
  if (outer.enum === undefined && outer.const === undefined) return true;
  const named = typeof choice === "object" && choice.$ref !== undefined ? view.at(choice.$ref) : choice;
  if (typeof named === "boolean" || (named.enum === undefined && named.const === undefined)) return named !== false;
  const values = named.enum ?? [named.const];
  return values.some((value) => (outer.enum ?? [outer.const]).includes(value));
}

// References that lead through more components than this go round in a circle.
const maxHops = 64;

/** Follows references, takes the chosen alternatives, and merges what must hold together. */
export function flattenSchema(
  view: SchemaView,
  schema: JsonSchema,
  choose: Choose,
  outer: SchemaObject = {},
  hops = 0,
): FlatSchema {
  if (typeof schema === "boolean") return { name: undefined, schema: {} };
  if (hops > maxHops) throw new Error(`The document's schema ${schema.$ref ?? ""} goes round in a circle.`);
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const parts: JsonSchema[] = [...($ref === undefined ? [] : [view.at($ref)]), ...(allOf ?? [])];
  for (const choices of [anyOf, oneOf]) {
    if (choices === undefined) continue;
    const possible = choices.filter((choice) => agrees(view, choice, merge(outer, own)));
    parts.push(choose(possible.length > 0 ? possible : choices));
  }
  let name = $ref?.split("/").at(-1);
  let flat: SchemaObject = own;
  for (const part of parts) {
    const inner = flattenSchema(view, part, choose, merge(outer, flat), hops + 1);
    flat = merge(flat, inner.schema);
    name ??= inner.name;
  }
  return { name, schema: flat };
}

/** The schema at a way into a document, whatever compositions it leads through; undefined where it names none. */
export function schemaAt(
  view: SchemaView,
  schema: JsonSchema,
  path: readonly (string | number)[],
  choose: Choose,
): SchemaObject | undefined {
  let at = flattenSchema(view, schema, choose).schema;
  for (const key of path) {
    const inner =
      typeof key === "number" ? at.items : Object.hasOwn(at.properties ?? {}, key) ? at.properties?.[key] : undefined;
    if (inner === undefined || typeof inner === "boolean") return undefined;
    at = flattenSchema(view, inner, choose).schema;
  }
  return at;
}
