import { isObject } from "../document/json.js";
import { type JsonSchema, type SchemaObject, schemaKey, typesOf } from "../schema/json-schema.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import { idName, likeName } from "./plain-name.js";
import type { PathId, Thing } from "./records.js";

/** The schemas that an answer is written in. */
export interface FormContext {
  readonly view: SchemaView;
  readonly tools: SchemaTools;
}

type Members = Readonly<Record<string, JsonSchema>>;

function membersOf({ tools }: FormContext, schema: JsonSchema): Members {
  return tools.at(schema, [])?.properties ?? {};
}

/** An object and what is written to it: members named alike that fit their schema; where `merging`, maps keep what they held. */
function overlaid(context: FormContext, members: Members, object: object, written: object, merging: boolean): object {
  const result = new Map(Object.entries(object));
  for (const [name, value] of Object.entries(written)) {
    const own = likeName(name, Object.keys(members));
    const schema = own === undefined ? undefined : members[own];
    if (own === undefined || schema === undefined) continue;
    const before = result.get(own);
    const candidates = merging && isObject(before) && isObject(value) ? [{ ...before, ...value }, value] : [value];
    const sound = candidates.find((candidate) => context.view.problems(candidate, schema).length === 0);
    if (sound !== undefined) result.set(own, sound);
  }
  return Object.fromEntries(result);
}

/** An id in the type that its member has; undefined where it does not fit there. */
function idValue(context: FormContext, schema: JsonSchema | undefined, { value }: PathId): unknown {
  const flat: SchemaObject = schema === undefined ? {} : (context.tools.at(schema, []) ?? {});
  const isNumber = typesOf(flat).some((type) => type === "integer" || type === "number");
  const typed = isNumber && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return schema !== undefined && context.view.problems(typed, schema).length > 0 ? undefined : typed;
}

function named(context: FormContext, members: Members, object: object, id: PathId | undefined): object {
  const name = id === undefined ? undefined : idName(id.parameter, Object.keys(members));
  const value = id === undefined || name === undefined ? undefined : idValue(context, members[name], id);
  return name === undefined || value === undefined ? object : { ...object, [name]: value };
}

/** What becomes of a sample when something is written to it. What breaks the schema as a whole is left out again. */
export function written(
  context: FormContext,
  schema: JsonSchema,
  before: unknown,
  by: unknown,
  { id, merging = false }: { readonly id?: PathId | undefined; readonly merging?: boolean } = {},
): unknown {
  const isSound = (value: unknown) => context.view.problems(value, schema).length === 0;
  if (!isObject(before)) return !isObject(by) && by !== undefined && isSound(by) ? by : before;
  const members = membersOf(context, schema);
  const after = isObject(by) && Object.keys(by).length > 0 ? overlaid(context, members, before, by, merging) : before;
  const whole = named(context, members, after, id);
  if (whole === before || isSound(whole)) return whole;
  const bare = named(context, members, before, id);
  return isSound(bare) ? bare : before;
}

/** How a thing looks in a schema: what is known of it, on top of a sample. */
export function formOf(
  context: FormContext,
  schema: JsonSchema,
  thing: Thing,
  sample: (number: number) => unknown,
): unknown {
  const key = schemaKey(schema);
  if (thing.forms.has(key)) return thing.forms.get(key);
  const form = written(context, schema, sample(thing.number), thing.known, { id: thing.id });
  thing.forms.set(key, form);
  return form;
}

/** What a request or answer said, added to what is known of a thing. */
export function learned(known: unknown, said: unknown): unknown {
  if (!isObject(said)) return known;
  const result = new Map(isObject(known) ? Object.entries(known) : []);
  for (const [name, value] of Object.entries(said)) result.set(likeName(name, [...result.keys()]) ?? name, value);
  return Object.fromEntries(result);
}

/** The id by which an object, made by an answer or named by a request, is found again. */
export function pathIdOf(object: unknown, parameter: string | undefined): PathId | undefined {
  if (!isObject(object)) return undefined;
  const name = idName(parameter, Object.keys(object));
  const value = name === undefined ? undefined : object[name];
  if ((typeof value !== "string" && typeof value !== "number") || value === "") return undefined;
  return { parameter, value: String(value) };
}
