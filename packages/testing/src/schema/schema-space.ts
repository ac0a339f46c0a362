import { validate } from "@cfworker/json-schema";
import { type JsonObject, textAt } from "../document/json.js";
import { readPointer } from "../document/resolve-reference.js";
import { createSchemaConverter, type Direction } from "./convert-schema.js";
import { explain } from "./explain.js";
import type { JsonSchema, SchemaObject } from "./json-schema.js";

/** The schemas of one document, in one direction. Nothing is converted before it is needed. */
export interface SchemaView {
  readonly direction: Direction;
  /** The JSON Schema of a schema as the document has it. */
  convert(raw: unknown): JsonSchema;
  /** What a reference points to. Throws an Error where that is nothing. */
  at(reference: string): JsonSchema;
  /** What is wrong with a value, as sentences without a full stop; empty where it is valid. */
  problems(value: unknown, schema: JsonSchema, name?: string): readonly string[];
}

/** The schemas of one document, as its requests and as its responses must obey them. */
export type SchemaSpace = Readonly<Record<Direction, SchemaView>>;

function createView(document: JsonObject, direction: Direction): SchemaView {
  const convert = createSchemaConverter(textAt(document, "openapi") ?? "", direction);
  const at = (reference: string) => convert(readPointer(document, reference));
  // The validator looks references up in a table. This one fills itself: only the schemas that a value meets are read,
  // and a document of many megabytes costs nothing at the start.
  const lookup = new Proxy(Object.create(null) as Record<string, SchemaObject | boolean>, {
    get: (table, reference) => {
      if (typeof reference !== "string") return undefined;
      table[reference] ??= at(reference);
      return table[reference];
    },
  });
  return {
    direction,
    convert,
    at,
    problems: (value, schema, name = "") => {
      // The validator's types say that it may change a schema; `validate` does not.
      type Mutable = Parameters<typeof validate>[1];
      const result = validate(value, schema as Mutable, "2020-12", lookup as Record<string, Mutable>, false);
      return result.valid ? [] : explain(result.errors, value, name);
    },
  };
}

/** Reads the schemas of a document on demand. */
export function createSchemaSpace(document: JsonObject): SchemaSpace {
  return { request: createView(document, "request"), response: createView(document, "response") };
}
