import { isObject } from "../json/json-object.js";
import type { SchemaView } from "../schema/document-schemas.js";
import { type JsonSchema, type SchemaObject, schemaKey, typesOf } from "../schema/json-schema.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import { findIdName, findMatchingName } from "./match-name.js";
import type { ObjectId, StoredObject } from "./object-store.js";

/** The schema of a representation, and the tools to read it. */
export interface RepresentationContext {
  readonly view: SchemaView;
  readonly tools: SchemaTools;
  readonly schema: JsonSchema;
}

/** What is written to a value. */
export interface Write {
  readonly changes: unknown;
  readonly id?: ObjectId | undefined;
  /** Whether maps keep the members that they have. @default false */
  readonly merge?: boolean;
}

interface MemberContext extends RepresentationContext {
  readonly members: Readonly<Record<string, JsonSchema>>;
}

/** An object with the changes of those members that match by name and are valid. */
function applyChanges({ view, members }: MemberContext, object: object, { changes, merge = false }: Write): object {
  const result = new Map(Object.entries(object));
  for (const [name, value] of Object.entries(changes as object)) {
    const member = findMatchingName(name, Object.keys(members));
    const schema = member === undefined ? undefined : members[member];
    if (member === undefined || schema === undefined) continue;
    const before = result.get(member);
    const candidates = merge && isObject(before) && isObject(value) ? [{ ...before, ...value }, value] : [value];
    const valid = candidates.find((candidate) => view.validate(candidate, schema).length === 0);
    if (valid !== undefined) result.set(member, valid);
  }
  return Object.fromEntries(result);
}

/** An id in the type of its member; undefined where it is not valid there. */
function idValue({ view, tools }: MemberContext, schema: JsonSchema | undefined, { value }: ObjectId): unknown {
  const flat: SchemaObject = schema === undefined ? {} : (tools.schemaAt(schema, []) ?? {});
  const isNumber = typesOf(flat).some((type) => type === "integer" || type === "number");
  const typed = isNumber && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return schema !== undefined && view.validate(typed, schema).length > 0 ? undefined : typed;
}

function withId(context: MemberContext, object: object, id: ObjectId | undefined): object {
  const { members } = context;
  const name = id === undefined ? undefined : findIdName(id.parameter, Object.keys(members));
  const value = id === undefined || name === undefined ? undefined : idValue(context, members[name], id);
  return name === undefined || value === undefined ? object : { ...object, [name]: value };
}

/**
 * Writes changes and an id to a value. Where the result would be invalid in the schema, only the id is written, and where
 * that is invalid, too, the value is returned unchanged.
 */
export function writeTo(context: RepresentationContext, before: unknown, write: Write): unknown {
  const { view, tools, schema } = context;
  const { changes, id } = write;
  const isValid = (value: unknown) => view.validate(value, schema).length === 0;
  if (!isObject(before)) return !isObject(changes) && changes !== undefined && isValid(changes) ? changes : before;
  const memberContext = { ...context, members: tools.schemaAt(schema, [])?.properties ?? {} };
  const hasChanges = isObject(changes) && Object.keys(changes).length > 0;
  const changed = withId(memberContext, hasChanges ? applyChanges(memberContext, before, write) : before, id);
  if (changed === before || isValid(changed)) return changed;
  const onlyId = withId(memberContext, before, id);
  return isValid(onlyId) ? onlyId : before;
}

/** The representation of an object in a schema: its data on top of a sample. */
export function represent(
  context: RepresentationContext,
  object: StoredObject,
  sample: (number: number) => unknown,
): unknown {
  const key = schemaKey(context.schema);
  if (object.representations.has(key)) return object.representations.get(key);
  const representation = writeTo(context, sample(object.number), { changes: object.data, id: object.id });
  object.representations.set(key, representation);
  return representation;
}

/** Adds the members of a request or response to the data of an object. */
export function mergeMembers(data: unknown, added: unknown): unknown {
  if (!isObject(added)) return data;
  const result = new Map(isObject(data) ? Object.entries(data) : []);
  for (const [name, value] of Object.entries(added))
    result.set(findMatchingName(name, [...result.keys()]) ?? name, value);
  return Object.fromEntries(result);
}

/** The id in the members of an object, which may be that of a request or a response. */
export function objectIdOf(object: unknown, parameter: string | undefined): ObjectId | undefined {
  if (!isObject(object)) return undefined;
  const name = findIdName(parameter, Object.keys(object));
  const value = name === undefined ? undefined : object[name];
  if ((typeof value !== "string" && typeof value !== "number") || value === "") return undefined;
  return { parameter, value: String(value) };
}
