import type { FitsDepth } from "./depth-check.js";
import type { SchemaView } from "./document-schemas.js";
import { chooseFitting, choosePreferred, flattenSchema, type PreferredVariant } from "./flatten-schema.js";
import { type JsonSchema, type SchemaObject, typesOf } from "./json-schema.js";
import { isKnownFormat } from "./known-formats.js";
import type { PrunedSchema } from "./pruned-schema.js";

/** Which of the samples of a schema is taken. */
export interface PruneOptions {
  readonly fits: FitsDepth;
  /** Optional members are included down to this level of nesting; 0 for no optional members. */
  readonly optionalLevels: number;
  /** How deep samples may be nested. */
  readonly maxDepth: number;
  /** The index of the alternative of `anyOf` and `oneOf` that is taken. */
  readonly alternative: number;
  readonly preferred?: PreferredVariant | undefined;
}

function typeOf(schema: SchemaObject, preferNull: boolean): string | undefined {
  const types = typesOf(schema);
  const first = types.find((type) => type !== "null") ?? types[0];
  if (first !== undefined) return preferNull && types.includes("null") ? "null" : first;
  if (schema.properties !== undefined || (schema.required ?? []).length > 0 || schema.minProperties !== undefined)
    return "object";
  if (schema.items !== undefined || schema.minItems !== undefined) return "array";
  if (
    schema.pattern !== undefined ||
    schema.format !== undefined ||
    schema.minLength !== undefined ||
    schema.maxLength !== undefined
  )
    return "string";
  if (schema.minimum !== undefined || schema.maximum !== undefined || schema.multipleOf !== undefined) return "number";
  return undefined;
}

/** The position of a nested schema: its depth below the root, and how many more levels are allowed. */
interface Position {
  readonly view: SchemaView;
  readonly options: PruneOptions;
  readonly levels: number;
  readonly depth: number;
  /** How many values of this schema a sample has: the product of the items of all arrays around it. */
  readonly values: number;
}

// As many as a generator makes in a second.
const maxValues = 100_000;

const below = (position: Position): Position => ({
  ...position,
  levels: Math.max(0, position.levels - 1),
  depth: position.depth + 1,
});

/**
 * Reduces a schema to one whose samples are nested at most `maxDepth` levels deep. Throws an Error where a sample would have an
 * absurd number of values.
 */
export function pruneSchema(view: SchemaView, schema: JsonSchema, options: PruneOptions): PrunedSchema {
  return prune(schema, { view, options, levels: options.maxDepth, depth: 0, values: 1 });
}

// A schema that requires itself ends this far below the last level, with an invalid value that validation reports.
const extraLevels = 2;

function prune(schema: JsonSchema, position: Position): PrunedSchema {
  const { view, options, levels, depth } = position;
  if (levels === 0 && depth > options.maxDepth + extraLevels) return { const: {} };
  const { preferred } = options;
  const fitting = chooseFitting(options.fits, levels, options.alternative);
  const choose = preferred === undefined ? fitting : choosePreferred(view, preferred, fitting);
  const { name, schema: flat } = flattenSchema({ view, choose }, schema);
  if (flat.const !== undefined && (flat.enum?.includes(flat.const) ?? true)) return { const: flat.const };
  if (flat.enum !== undefined) {
    const notNull = flat.enum.filter((value) => value !== null);
    return { enum: notNull.length > 0 ? notNull : flat.enum };
  }
  const types = typesOf(flat).filter((type) => type !== "null");
  const isTooDeep = levels === 0 || !options.fits({ ...flat, type: types }, levels);
  switch (typeOf(flat, isTooDeep)) {
    case "object":
      return pruneObject(flat, name, position);
    case "array":
      return pruneArray(flat, position);
    case "null":
      return { type: "null" };
    case undefined:
      return { const: {} };
    default:
      return pruneLeaf(flat, typeOf(flat, false) ?? "string");
  }
}

// Amounts and counts are rarely negative.
const usualNumbers = { minimum: 0, maximum: 1_000 };

function pruneLeaf(flat: SchemaObject, type: string): PrunedSchema {
  const { properties: _, required: __, items: ___, additionalProperties: ____, ...leaf } = flat;
  const bounds = [leaf.minimum, leaf.maximum, leaf.exclusiveMinimum, leaf.exclusiveMaximum];
  const unbounded = bounds.every((bound) => bound === undefined);
  if ((type === "integer" || type === "number") && unbounded) return { ...leaf, type, ...usualNumbers };
  if (type !== "string" || leaf.pattern !== undefined || isKnownFormat(leaf.format)) return { ...leaf, type };
  // Nothing defines it, and clients read it as a number: `unit_amount_decimal` of Stripe.
  const isDecimal = leaf.format === "decimal";
  const { minLength, maxLength } = leaf;
  return {
    type,
    const: "",
    freeText: true,
    ...(isDecimal ? { format: "decimal" } : {}),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
}

/** The members of a sample: the required ones, and the optional ones that are included at this depth. */
function chooseMembers(flat: SchemaObject, { view, options, levels, depth }: Position): Map<string, JsonSchema> {
  const excludedBy = view.direction === "request" ? "readOnly" : "writeOnly";
  const additional = flat.additionalProperties ?? true;
  const chosen = new Map<string, JsonSchema>();
  for (const required of flat.required ?? []) chosen.set(required, flat.properties?.[required] ?? additional);
  for (const [key, property] of Object.entries(flat.properties ?? {})) {
    // A member named `__proto__` cannot be assigned: it would become the prototype of the sample.
    if (chosen.has(key) || key === "__proto__" || depth >= options.optionalLevels || levels === 0) continue;
    if (typeof property === "object" && property[excludedBy] === true) continue;
    if (options.fits(property, levels - 1)) chosen.set(key, property);
  }
  if (view.direction === "request" && depth > 0 && chosen.size === 0 && levels > 0) {
    // A form cannot encode an empty object, so that a required object needs a member to be sent at all.
    const [first] = Object.entries(flat.properties ?? {}).filter(([, property]) => options.fits(property, levels - 1));
    if (first !== undefined) chosen.set(...first);
    else if (typeof flat.additionalProperties === "object") chosen.set("key_1", flat.additionalProperties);
  }
  for (let extra = 1; chosen.size < (flat.minProperties ?? 0); extra += 1) chosen.set(`key_${extra}`, additional);
  return chosen;
}

function pruneObject(flat: SchemaObject, name: string | undefined, position: Position): PrunedSchema {
  const chosen = chooseMembers(flat, position);
  const properties: Record<string, JsonSchema> = Object.create(null);
  for (const [key, property] of chosen) {
    const pruned = prune(property, below(position));
    properties[key] = key === "id" && name !== undefined && pruned.freeText ? { ...pruned, title: name } : pruned;
  }
  return { type: "object", properties, required: [...chosen.keys()], additionalProperties: false };
}

function pruneArray(flat: SchemaObject, position: Position): PrunedSchema {
  const { view, options, levels, depth } = position;
  const { items = true, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = flat;
  const isIncluded = view.direction === "request" || depth < options.optionalLevels + 1;
  const optionalItems = levels > 0 && isIncluded && options.fits(items, levels - 1) ? 1 : 0;
  const count = Math.min(Math.max(minItems, optionalItems), maxItems);
  if (count === 0) return { const: [] };
  const values = position.values * count;
  if (values > maxValues) throw new Error(`a sample would have more than ${maxValues} values: see \`minItems\``);
  const pruned = prune(items, { ...below(position), values });
  const array: PrunedSchema = { type: "array", items: pruned, minItems: count, maxItems: count };
  return uniqueItems === true ? { ...array, uniqueItems } : array;
}
