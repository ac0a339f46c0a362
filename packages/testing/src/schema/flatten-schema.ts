import type { FitsDepth } from "./depth-check.js";
import type { SchemaView } from "./document-schemas.js";
import { type JsonSchema, type SchemaObject, typesOf } from "./json-schema.js";

/** Picks one of the alternatives of `anyOf` or `oneOf`. */
export type ChooseAlternative = (alternatives: readonly JsonSchema[]) => JsonSchema;

/** How references and alternatives of a schema are resolved. */
export interface FlattenContext {
  readonly view: SchemaView;
  readonly choose: ChooseAlternative;
}

/** A schema without references and compositions, and the name of its component. */
export interface FlatSchema {
  readonly name: string | undefined;
  readonly schema: SchemaObject;
}

const isNull = (schema: JsonSchema) => typeof schema === "object" && schema.type === "null";

/** A member of a union that is preferred, and the names of the members that there were. */
export interface PreferredVariant {
  /** The name of its schema, or the only value that one of its members can have. */
  readonly variant: string;
  readonly seen: Set<string>;
}

/** The names of an alternative: that of its component, and the only values of its members, such as `object: "card"`. */
function namesOf(view: SchemaView, alternative: JsonSchema): readonly string[] {
  if (typeof alternative === "boolean") return [];
  const { $ref } = alternative;
  const target = $ref === undefined ? alternative : view.resolve($ref);
  const members = typeof target === "boolean" ? [] : Object.values(target.properties ?? {});
  const values = members.flatMap((member) =>
    typeof member === "boolean"
      ? []
      : (member.enum ?? (member.const === undefined ? [] : [member.const])).length === 1
        ? [member.const ?? member.enum?.[0]]
        : [],
  );
  return [$ref?.split("/").at(-1), ...values].filter((name) => typeof name === "string");
}

/** Picks the preferred member of a union where it has that: another choice picks among what is left. */
export function choosePreferred(
  view: SchemaView,
  { variant, seen }: PreferredVariant,
  otherwise: ChooseAlternative,
): ChooseAlternative {
  return (alternatives) => {
    for (const name of alternatives.flatMap((one) => namesOf(view, one))) seen.add(name);
    const found = alternatives.filter((alternative) => namesOf(view, alternative).includes(variant));
    // The other choice knows which of them are possible.
    return otherwise(found.length === 0 ? alternatives : found);
  };
}

/** Picks the alternative at an index among those that fit into some levels; null only where no other fits. */
export function chooseFitting(fits: FitsDepth, levels: number, index: number): ChooseAlternative {
  return (alternatives) => {
    const fitting = alternatives.filter((alternative) => fits(alternative, levels));
    const notNull = fitting.filter((alternative) => !isNull(alternative));
    const candidates = notNull.length > 0 ? notNull : fitting;
    return candidates[index % candidates.length] ?? alternatives[0] ?? true;
  };
}

function intersect<T>(one: readonly T[] | undefined, other: readonly T[] | undefined): readonly T[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const common = one.filter((value) => other.includes(value));
  return common.length > 0 ? common : one;
}

function intersectTypes(one: SchemaObject, other: SchemaObject): readonly string[] | undefined {
  const [ownTypes, otherTypes] = [typesOf(one), typesOf(other)];
  if (ownTypes.includes("number") && otherTypes.includes("integer")) return otherTypes;
  if (ownTypes.includes("integer") && otherTypes.includes("number")) return ownTypes;
  return intersect(ownTypes.length > 0 ? ownTypes : undefined, otherTypes.length > 0 ? otherTypes : undefined);
}

function allOf(one: JsonSchema | undefined, other: JsonSchema | undefined): JsonSchema | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  return { allOf: [one, other] };
}

const larger = (one: number | undefined, other: number | undefined) =>
  one === undefined ? other : Math.max(one, other ?? one);
const smaller = (one: number | undefined, other: number | undefined) =>
  one === undefined ? other : Math.min(one, other ?? one);

/** One schema with the constraints of two. */
function merge(one: SchemaObject, other: SchemaObject): SchemaObject {
  const properties: Record<string, JsonSchema> = Object.assign(Object.create(null), one.properties);
  for (const [name, schema] of Object.entries(other.properties ?? {}))
    properties[name] = allOf(properties[name], schema) ?? true;
  const merged: Record<string, unknown> = {
    ...one,
    ...other,
    type: intersectTypes(one, other),
    enum: intersect(one.enum, other.enum),
    properties: one.properties === undefined && other.properties === undefined ? undefined : properties,
    required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])],
    items: allOf(one.items, other.items),
    additionalProperties: allOf(one.additionalProperties, other.additionalProperties),
  };
  for (const key of ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"] as const)
    merged[key] = larger(one[key], other[key]);
  for (const key of ["maximum", "exclusiveMaximum", "maxLength", "maxItems"] as const)
    merged[key] = smaller(one[key], other[key]);
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** Whether an alternative can hold together with the schema around it: their enumerations must have a common value. */
function isCompatible(view: SchemaView, alternative: JsonSchema, outer: SchemaObject): boolean {
  if (outer.enum === undefined && outer.const === undefined) return true;
  const resolved =
    typeof alternative === "object" && alternative.$ref !== undefined ? view.resolve(alternative.$ref) : alternative;
  if (typeof resolved === "boolean" || (resolved.enum === undefined && resolved.const === undefined))
    return resolved !== false;
  const values = resolved.enum ?? [resolved.const];
  return values.some((value) => (outer.enum ?? [outer.const]).includes(value));
}

// A chain of more references than this is circular.
const maxReferences = 64;

/** Resolves references, takes the chosen alternatives, and merges all parts into one schema. */
export function flattenSchema(context: FlattenContext, schema: JsonSchema): FlatSchema {
  return flattenWithin(context, schema, { outer: {}, references: 0 });
}

interface Surroundings {
  /** The constraints that hold in addition to the schema. */
  readonly outer: SchemaObject;
  readonly references: number;
}

function flattenWithin(context: FlattenContext, schema: JsonSchema, { outer, references }: Surroundings): FlatSchema {
  if (typeof schema === "boolean") return { name: undefined, schema: {} };
  if (references > maxReferences) throw new Error(`schema ${schema.$ref ?? ""} of the document is circular`);
  const { view, choose } = context;
  const { $ref, allOf: conjuncts, anyOf, oneOf, ...own } = schema;
  const parts: JsonSchema[] = [...($ref === undefined ? [] : [view.resolve($ref)]), ...(conjuncts ?? [])];
  for (const alternatives of [anyOf, oneOf]) {
    if (alternatives === undefined) continue;
    const compatible = alternatives.filter((alternative) => isCompatible(view, alternative, merge(outer, own)));
    parts.push(choose(compatible.length > 0 ? compatible : alternatives));
  }
  let name = $ref?.split("/").at(-1);
  let flat: SchemaObject = own;
  for (const part of parts) {
    const inner = flattenWithin(context, part, { outer: merge(outer, flat), references: references + 1 });
    flat = merge(flat, inner.schema);
    name ??= inner.name;
  }
  return { name, schema: flat };
}

/** The schema of the value at a path, through any compositions; undefined where the schema does not have the path. */
export function schemaAtPath(
  context: FlattenContext,
  schema: JsonSchema,
  path: readonly (string | number)[],
): SchemaObject | undefined {
  let current = flattenSchema(context, schema).schema;
  for (const key of path) {
    const member =
      typeof key === "number"
        ? current.items
        : Object.hasOwn(current.properties ?? {}, key)
          ? current.properties?.[key]
          : undefined;
    if (member === undefined || typeof member === "boolean") return undefined;
    current = flattenSchema(context, member).schema;
  }
  return current;
}
