import { createFits } from "./fits.js";
import { chooseFitting, schemaAt } from "./flatten-schema.js";
import type { JsonSchema, SchemaObject } from "./json-schema.js";
import { createSampler, type Sampler } from "./sample-schema.js";
import type { SchemaView } from "./schema-space.js";

/** The tools over the schemas of one document, made when first asked for and kept. */
export interface SchemaTools {
  readonly sample: Sampler;
  /** The schema at a way into a document of that schema. */
  at(schema: JsonSchema, path: readonly (string | number)[]): SchemaObject | undefined;
}

const depth = 8;

/** Makes samplers and readers of schemas, one for each view. */
export function createSchemaTools(): (view: SchemaView) => SchemaTools {
  const known = new WeakMap<SchemaView, SchemaTools>();
  return (view) => {
    let tools = known.get(view);
    if (tools === undefined) {
      const fits = createFits(view);
      tools = {
        sample: createSampler(view),
        at: (schema, path) => schemaAt(view, schema, path, chooseFitting(fits, depth, 0)),
      };
      known.set(view, tools);
    }
    return tools;
  };
}
