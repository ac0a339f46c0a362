import type { SchemaObject } from "./json-schema.js";

/** A schema of one finite sample: without references and alternatives, and with every member required. */
export interface PrunedSchema extends SchemaObject {
  /** The component of an object, on its string member `id`: readable ids are made from it. */
  readonly title?: string;
  /** A string that is only restricted in its length; `makeReadable` makes it. */
  readonly freeText?: true;
}
