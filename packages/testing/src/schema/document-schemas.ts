import { validate } from "@cfworker/json-schema";
import { getString, isObject, type JsonObject } from "../json/json-object.js";
import { pointerTo, resolvePointer } from "../json/resolve-reference.js";
import { checkedSchema } from "./checked-schema.js";
import { createSchemaConverter, type Direction } from "./convert-schema.js";
import { explainErrors } from "./explain-errors.js";
import type { JsonSchema, SchemaObject } from "./json-schema.js";

/** The schemas of one document, in one direction. A schema is only converted when it is needed. */
export interface SchemaView {
  readonly direction: Direction;
  /** Converts a schema of the document to JSON Schema. */
  convert(raw: unknown): JsonSchema;
  /** The schema that a reference points to. Throws an Error for a reference without a target. */
  resolve(reference: string): JsonSchema;
  /** The pointer of a converted schema in its document, for messages. */
  locate(schema: JsonSchema): string;
  /** The errors of a value, as messages that begin with `name` and the path within the value; empty for a valid value. */
  validate(value: unknown, schema: JsonSchema, name?: string): readonly string[];
}

/** The schemas of one document, for its requests and for its responses. */
export type DocumentSchemas = Readonly<Record<Direction, SchemaView>>;

/** How the schemas of a document are converted. */
export interface DocumentSchemasOptions {
  /** Whether they keep their descriptions. @default false */
  readonly described?: boolean | undefined;
}

function createView(document: JsonObject, direction: Direction, options: DocumentSchemasOptions): SchemaView {
  const locate = (raw: object) => pointerTo(document, raw);
  const version = getString(document, "openapi") ?? "";
  const convertRaw = createSchemaConverter(version, direction, { locate, ...options });
  const sources = new WeakMap<object, object>();
  const convert = (raw: unknown) => {
    const schema = convertRaw(raw);
    if (isObject(schema) && isObject(raw)) sources.set(schema, raw);
    return schema;
  };
  const resolve = (reference: string) => convert(resolvePointer(document, reference));
  // The validator looks references up in a table. This one is filled on demand: only the schemas that a value reaches are
  // converted, so that a document of many megabytes costs nothing at the start.
  const lookup = new Proxy(Object.create(null) as Record<string, SchemaObject | boolean>, {
    get: (table, reference) => {
      if (typeof reference !== "string") return undefined;
      table[reference] ??= checkedSchema(resolve(reference));
      return table[reference];
    },
  });
  return {
    direction,
    convert,
    resolve,
    locate: (schema) => locate((isObject(schema) && sources.get(schema)) || {}),
    validate: (value, schema, name = "") => {
      // By its type `validate` may change a schema, but it does not.
      type Mutable = Parameters<typeof validate>[1];
      const result = validate(
        value,
        checkedSchema(schema) as Mutable,
        "2020-12",
        lookup as Record<string, Mutable>,
        false,
      );
      return result.valid ? [] : explainErrors(result.errors, value, name);
    },
  };
}

/** Creates the schemas of a document, which are read on demand. */
export function createDocumentSchemas(document: JsonObject, options: DocumentSchemasOptions = {}): DocumentSchemas {
  return { request: createView(document, "request", options), response: createView(document, "response", options) };
}
