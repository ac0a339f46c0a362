import type { Fits } from "./fits.js";
import { chooseFitting, flattenSchema } from "./flatten-schema.js";
import { type JsonSchema, type SchemaObject, typesOf } from "./json-schema.js";
import { isKnownFormat } from "./readable.js";
import type { SchemaView } from "./schema-space.js";

/** How a sample is cut out of a schema. */
export interface Cut {
  readonly fits: Fits;
  /** Members that are not required are given down to this level of nesting: 0 for none. */
  readonly optionalLevels: number;
  /** How deep samples may be nested. */
  readonly maxDepth: number;
  /** Which of the alternatives of `anyOf` and `oneOf` is taken. */
  readonly nth: number;
}

/** A schema of a finite sample: no references, no alternatives, and every member it names is required. */
export interface PrunedSchema extends SchemaObject {
  /** The component that an object came from, on its plain `id`: it makes readable ids. */
  readonly title?: string;
  /** Free text: only its lengths are given, and what it says is made by `readable`. */
  readonly freeText?: true;
}

function typeOf(schema: SchemaObject, mayBeNull: boolean): string | undefined {
  const named = typesOf(schema);
  const first = named.find((type) => type !== "null") ?? named[0];
  if (first !== undefined) return mayBeNull && named.includes("null") ? "null" : first;
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

/** Where a schema stands: how deep below the root, and how many levels are left. */
interface Place {
  readonly view: SchemaView;
  readonly cut: Cut;
  readonly levels: number;
  readonly depth: number;
}

const below = (place: Place): Place => ({ ...place, levels: Math.max(0, place.levels - 1), depth: place.depth + 1 });

/** Cuts a schema down to one whose samples are nested at most `maxDepth` deep. */
export function pruneSchema(view: SchemaView, schema: JsonSchema, cut: Cut): PrunedSchema {
  return prune(schema, { view, cut, levels: cut.maxDepth, depth: 0 });
}

// A schema that demands itself without end is met here below all levels; any value is wrong, and validation says why.
const beyond = 2;

function prune(schema: JsonSchema, place: Place): PrunedSchema {
  const { view, cut, levels, depth } = place;
  if (levels === 0 && depth > cut.maxDepth + beyond) return { const: {} };
  const { name, schema: flat } = flattenSchema(view, schema, chooseFitting(cut.fits, levels, cut.nth));
  if (flat.const !== undefined && (flat.enum?.includes(flat.const) ?? true)) return { const: flat.const };
  if (flat.enum !== undefined) {
    const telling = flat.enum.filter((value) => value !== null);
    return { enum: telling.length > 0 ? telling : flat.enum };
  }
  const deep = levels === 0 || !cut.fits({ ...flat, type: typesOf(flat).filter((type) => type !== "null") }, levels);
  switch (typeOf(flat, deep)) {
    case "object":
      return pruneObject(flat, name, place);
    case "array":
      return pruneArray(flat, place);
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
  const { minLength, maxLength } = leaf;
  return {
    type,
    const: "",
    freeText: true,
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
}

/** The members that a sample has: what is required, and what else is wanted at this depth and ends. */
function chooseMembers(flat: SchemaObject, { view, cut, levels, depth }: Place): Map<string, JsonSchema> {
  const hidden = view.direction === "request" ? "readOnly" : "writeOnly";
  const rest = flat.additionalProperties ?? true;
  const chosen = new Map<string, JsonSchema>();
  for (const required of flat.required ?? []) chosen.set(required, flat.properties?.[required] ?? rest);
  for (const [key, property] of Object.entries(flat.properties ?? {})) {
    // A member of that name cannot be assigned: it would become the sample's prototype.
    if (chosen.has(key) || key === "__proto__" || depth >= cut.optionalLevels || levels === 0) continue;
    if (typeof property === "object" && property[hidden] === true) continue;
    if (cut.fits(property, levels - 1)) chosen.set(key, property);
  }
  if (view.direction === "request" && depth > 0 && chosen.size === 0 && levels > 0) {
    // A form has no words for an empty object: what is required must hold something to be sent at all.
    const [first] = Object.entries(flat.properties ?? {}).filter(([, property]) => cut.fits(property, levels - 1));
    if (first !== undefined) chosen.set(...first);
    else if (typeof flat.additionalProperties === "object") chosen.set("key_1", flat.additionalProperties);
  }
  for (let extra = 1; chosen.size < (flat.minProperties ?? 0); extra += 1) chosen.set(`key_${extra}`, rest);
  return chosen;
}

function pruneObject(flat: SchemaObject, name: string | undefined, place: Place): PrunedSchema {
  const chosen = chooseMembers(flat, place);
  const properties: Record<string, JsonSchema> = Object.create(null);
  for (const [key, property] of chosen) {
    const pruned = prune(property, below(place));
    properties[key] = key === "id" && name !== undefined && pruned.freeText ? { ...pruned, title: name } : pruned;
  }
  return { type: "object", properties, required: [...chosen.keys()], additionalProperties: false };
}

function pruneArray(flat: SchemaObject, place: Place): PrunedSchema {
  const { view, cut, levels, depth } = place;
  const { items = true, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = flat;
  const wanted = view.direction === "request" || depth < cut.optionalLevels + 1;
  const worthwhile = levels > 0 && wanted && cut.fits(items, levels - 1) ? 1 : 0;
  const count = Math.min(Math.max(minItems, worthwhile), maxItems);
  if (count === 0) return { const: [] };
  const list: PrunedSchema = { type: "array", items: prune(items, below(place)), minItems: count, maxItems: count };
  return uniqueItems === true ? { ...list, uniqueItems } : list;
}
