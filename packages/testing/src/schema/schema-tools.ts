import { createDepthCheck } from "./depth-check.js";
import type { SchemaView } from "./document-schemas.js";
import { chooseFitting, schemaAtPath } from "./flatten-schema.js";
import type { JsonSchema, SchemaObject } from "./json-schema.js";
import { createSampler, type Sampler } from "./sampler.js";

/** Samples and lookups in the schemas of one view. */
export interface SchemaTools {
  readonly sample: Sampler;
  /** The schema of the value at a path. */
  schemaAt(schema: JsonSchema, path: readonly (string | number)[]): SchemaObject | undefined;
}

/** The tools of a view. */
export type SchemaToolsOf = (view: SchemaView) => SchemaTools;

const levels = 8;

/** Creates the tools of each view once, when they are first needed. */
export function createSchemaTools(): SchemaToolsOf {
  const cache = new WeakMap<SchemaView, SchemaTools>();
  return (view) => {
    let tools = cache.get(view);
    if (tools === undefined) {
      const choose = chooseFitting(createDepthCheck(view), levels, 0);
      tools = {
        sample: createSampler(view),
        schemaAt: (schema, path) => schemaAtPath({ view, choose }, schema, path),
      };
      cache.set(view, tools);
    }
    return tools;
  };
}
