import { type JsonSchema as FakerSchema, generateSync } from "json-schema-faker";
import { createDepthCheck } from "./depth-check.js";
import type { SchemaView } from "./document-schemas.js";
import type { PreferredVariant } from "./flatten-schema.js";
import { type JsonSchema, schemaKey } from "./json-schema.js";
import { type PruneOptions, pruneSchema } from "./prune-schema.js";
import type { PrunedSchema } from "./pruned-schema.js";
import { makeReadable } from "./readable-values.js";

/** `minimal` samples have required members only; `full` samples also have optional members, two levels deep. */
export type SampleDetail = "full" | "minimal";

/** Generates a valid value of a schema; the same number gives the same value. Throws an Error where it finds no valid value. */
export type Sampler = (schema: JsonSchema, number: number, detail?: SampleDetail) => unknown;

const maxDepth = 8;
const maxAlternatives = 16;
// Tried in this order until a sample is valid: the first alternatives of anyOf and oneOf, then the others.
const alternatives = Array.from({ length: maxAlternatives }, (_, index) => index);
const attempts = {
  full: alternatives.flatMap((alternative) => [
    { optionalLevels: 2, alternative },
    { optionalLevels: 0, alternative },
  ]),
  minimal: alternatives.map((alternative) => ({ optionalLevels: 0, alternative })),
};

interface CacheEntry {
  /** By the index of the attempt. */
  readonly pruned: PrunedSchema[];
  /** The first attempt that gave a valid sample: the next sample begins with it. */
  firstValid: number;
  /** Samples by their number, as JSON: lists are filled with the same few numbers again and again. */
  readonly samples: Map<number, string>;
}

const maxSamples = 32;

/** Creates a sampler for the schemas of one document; with a preferred member of unions, where a schema has it. */
export function createSampler(view: SchemaView, preferred?: PreferredVariant): Sampler {
  const fits = createDepthCheck(view);
  const cache: Record<SampleDetail, Map<unknown, CacheEntry>> = { full: new Map(), minimal: new Map() };

  const entryOf = (schema: JsonSchema, detail: SampleDetail): CacheEntry => {
    const key = schemaKey(schema);
    const entry = cache[detail].get(key) ?? { pruned: [], firstValid: 0, samples: new Map() };
    cache[detail].set(key, entry);
    return entry;
  };

  const prune = (schema: JsonSchema, attempt: Pick<PruneOptions, "optionalLevels" | "alternative">) => {
    try {
      return pruneSchema(view, schema, { fits, maxDepth, preferred, ...attempt });
    } catch (error) {
      throw new Error(`${view.locate(schema)}: ${(error as Error).message}.`, { cause: error });
    }
  };

  const generate = (pruned: PrunedSchema, number: number): unknown =>
    generateSync(pruned as FakerSchema, {
      seed: number + 1,
      // A pruned schema is finite: the limit of the generator must not truncate it.
      maxDepth: maxDepth * 4,
      outputTransform: (leaf, leafSchema, path) => makeReadable(leaf, leafSchema as PrunedSchema, { path, number }),
    });

  return (schema, number, detail = "full") => {
    const entry = entryOf(schema, detail);
    const sample = entry.samples.get(number);
    if (sample !== undefined) return JSON.parse(sample);
    let firstError = "";
    for (const [index, attempt] of attempts[detail].entries()) {
      if (index < entry.firstValid) continue;
      entry.pruned[index] ??= prune(schema, attempt);
      const value = generate(entry.pruned[index], number);
      const errors = view.validate(value, schema);
      if (errors.length === 0) {
        entry.firstValid = index;
        if (entry.samples.size < maxSamples) entry.samples.set(number, JSON.stringify(value));
        return value;
      }
      firstError ||= errors.join("; ");
    }
    throw new Error(`no valid sample of the schema was found: ${firstError}`);
  };
}
