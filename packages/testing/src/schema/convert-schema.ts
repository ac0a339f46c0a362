import { isObject, type JsonObject } from "../json/json-object.js";
import type { JsonSchema, SchemaObject } from "./json-schema.js";
import { isPlainPattern, linearPattern } from "./linear-pattern.js";

/** The direction of a body: `readOnly` members are not required in a request, `writeOnly` members not in a response. */
export type Direction = "request" | "response";

/** The keywords whose value is a schema. */
export const schemaKeys = [
  "items",
  "additionalProperties",
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
  "unevaluatedProperties",
  "unevaluatedItems",
];
/** The keywords whose value is a list of schemas. */
export const listKeys = ["allOf", "anyOf", "oneOf", "prefixItems"];
/** The keywords whose value has schemas by name. */
export const mapKeys = ["properties", "patternProperties", "dependentSchemas"];
const numberKeys = [
  ...["minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains", "minProperties", "maxProperties"],
  ...["minimum", "maximum", "multipleOf"],
];
const plainKeys = ["const", "format", "uniqueItems", "dependentRequired", "readOnly", "writeOnly"];
const types = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);

// More than any provider requires. A sample has as many, and an absurd number would take all memory.
const mostRequired = { minItems: 1_000, minContains: 1_000, minProperties: 1_000, minLength: 100_000 };

type Draft = Record<string, unknown>;

function copyTypes(raw: JsonObject, draft: Draft): void {
  const named = (Array.isArray(raw.type) ? raw.type : [raw.type]).filter((type) => types.has(type as string));
  if (named.length > 0) draft.type = named.length === 1 ? named[0] : named;
  // An empty enumeration would allow no value. Documents have one where the values are not known.
  if (Array.isArray(raw.enum) && raw.enum.length > 0) draft.enum = raw.enum;
}

/** What is wrong with the sizes that a schema requires; undefined where nothing is. */
function sizeProblem(raw: JsonObject): string | undefined {
  for (const [key, most] of Object.entries(mostRequired)) {
    const required = raw[key];
    if (typeof required === "number" && required > most)
      return `${key} is ${required}, and at most ${most} is supported`;
  }
  return undefined;
}

/** In OpenAPI 3.0 exclusive bounds are booleans next to `minimum` and `maximum`; in JSON Schema they are numbers. */
function copyBounds(raw: JsonObject, draft: Draft): void {
  for (const key of numberKeys) if (typeof raw[key] === "number") draft[key] = raw[key];
  for (const [exclusive, inclusive] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof raw[exclusive] === "number") draft[exclusive] = raw[exclusive];
    if (raw[exclusive] !== true || draft[inclusive] === undefined) continue;
    draft[exclusive] = draft[inclusive];
    delete draft[inclusive];
  }
}

/** `nullable` of OpenAPI 3.0. Next to a composition it has no effect by the specification, but documents rely on it. */
function toNullable(draft: Draft): SchemaObject {
  if (draft.type === undefined && draft.enum === undefined) return { anyOf: [draft as SchemaObject, { type: "null" }] };
  const schema: Draft = { ...draft };
  const named = typeof draft.type === "string" ? [draft.type] : (draft.type as string[] | undefined);
  if (named !== undefined && !named.includes("null")) schema.type = [...named, "null"];
  if (Array.isArray(draft.enum) && !draft.enum.includes(null)) schema.enum = [...draft.enum, null];
  return schema as SchemaObject;
}

/** The pointer of a value in its document, for messages. */
export type LocateSchema = (raw: object) => string;

/** What a converter needs beside the version of the document and the direction. */
export interface ConverterOptions {
  /** The pointer of a value in its document, for messages. */
  readonly locate?: LocateSchema;
  /** Whether `description` is kept, for readers of the schema. @default false */
  readonly described?: boolean | undefined;
}

/**
 * Creates a converter from the schemas of one document to JSON Schema. It keeps references, and converts each schema once. It
 * throws an Error for a schema that requires an absurd size.
 */
export function createSchemaConverter(
  version: string,
  direction: Direction,
  { locate = () => "a schema", described = false }: ConverterOptions = {},
): (raw: unknown) => JsonSchema {
  const converted = new WeakMap<object, JsonSchema>();
  const excludedBy = direction === "request" ? "readOnly" : "writeOnly";

  const copyRequired = (raw: JsonObject, draft: Draft) => {
    if (!Array.isArray(raw.required)) return;
    const properties = isObject(raw.properties) ? raw.properties : {};
    const required = raw.required.filter((name) => {
      const property = typeof name === "string" && Object.hasOwn(properties, name) ? properties[name] : undefined;
      return typeof name === "string" && !(isObject(property) && property[excludedBy] === true);
    });
    if (required.length > 0) draft.required = [...new Set(required)];
  };

  const convert = (raw: unknown): JsonSchema => {
    if (typeof raw === "boolean") return raw;
    if (!isObject(raw)) return true;
    const before = converted.get(raw);
    if (before !== undefined) return before;
    const problem = sizeProblem(raw);
    if (problem !== undefined) throw new Error(`${locate(raw)}: ${problem}.`);
    const draft: Draft = {};
    const isReference = typeof raw.$ref === "string";
    if (isReference) draft.$ref = raw.$ref;
    // OpenAPI 3.0 ignores every member next to a reference.
    if (!isReference || !version.startsWith("3.0")) {
      copyTypes(raw, draft);
      copyBounds(raw, draft);
      copyRequired(raw, draft);
      if (linearPattern(raw.pattern) !== undefined) draft.pattern = raw.pattern;
      for (const key of plainKeys) if (raw[key] !== undefined) draft[key] = raw[key];
      if (described && typeof raw.description === "string") draft.description = raw.description;
      for (const key of schemaKeys) if (raw[key] !== undefined) draft[key] = convert(raw[key]);
      for (const key of listKeys) if (Array.isArray(raw[key])) draft[key] = (raw[key] as unknown[]).map(convert);
      for (const key of mapKeys) {
        const map = raw[key];
        if (isObject(map))
          draft[key] = Object.fromEntries(Object.entries(map).map(([name, inner]) => [name, convert(inner)]));
      }
      if (Object.keys(draft.patternProperties ?? {}).some((pattern) => !isPlainPattern(pattern))) {
        // Which members have no other schema is not known without it.
        for (const key of ["patternProperties", "additionalProperties", "unevaluatedProperties"]) delete draft[key];
      }
    }
    const schema = raw.nullable === true ? toNullable(draft) : (draft as SchemaObject);
    converted.set(raw, schema);
    return schema;
  };
  return convert;
}
