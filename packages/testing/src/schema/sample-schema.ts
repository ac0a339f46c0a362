import { type JsonSchema as FakerSchema, generateSync } from "json-schema-faker";
import { createFits } from "./fits.js";
import { type JsonSchema, schemaKey } from "./json-schema.js";
import { type PrunedSchema, pruneSchema } from "./prune-schema.js";
import { readable } from "./readable.js";
import type { SchemaView } from "./schema-space.js";

/** `bare` has what the schema demands and nothing else; `rich` has optional members too, two levels down. */
export type Detail = "rich" | "bare";

/** Makes a valid value of a schema; the same number gives the same value. Throws an Error where none is found. */
export type Sampler = (schema: JsonSchema, number: number, detail?: Detail) => unknown;

const maxDepth = 8;
const maxAlternatives = 16;
// Tried in this order until a sample is valid: the first alternatives of anyOf and oneOf, then others.
const nths = Array.from({ length: maxAlternatives }, (_, nth) => nth);
const cuts = {
  rich: nths.flatMap((nth) => [
    { optionalLevels: 2, nth },
    { optionalLevels: 0, nth },
  ]),
  bare: nths.map((nth) => ({ optionalLevels: 0, nth })),
};

/** What is known of a schema that was sampled before. */
interface Known {
  readonly pruned: PrunedSchema[];
  /** The first cut that gave a valid sample: the next one begins there. */
  first: number;
  /** Samples by their number, as text: lists are filled with the same few numbers again and again. */
  readonly texts: Map<number, string>;
}

const maxTexts = 32;

/** A sampler over the schemas of one document. */
export function createSampler(view: SchemaView): Sampler {
  const fits = createFits(view);
  const known: Record<Detail, Map<unknown, Known>> = { rich: new Map(), bare: new Map() };

  const knownOf = (schema: JsonSchema, detail: Detail): Known => {
    const key = schemaKey(schema);
    const before = known[detail].get(key) ?? { pruned: [], first: 0, texts: new Map() };
    known[detail].set(key, before);
    return before;
  };

  const generate = (pruned: PrunedSchema, number: number): unknown =>
    generateSync(pruned as FakerSchema, {
      seed: number + 1,
      // The pruned schema ends by itself: the generator's own bound must not cut it.
      maxDepth: maxDepth * 4,
      outputTransform: (leaf, leafSchema, path) => readable(leaf, leafSchema as PrunedSchema, path, number),
    });

  return (schema, number, detail = "rich") => {
    const memory = knownOf(schema, detail);
    const text = memory.texts.get(number);
    if (text !== undefined) return JSON.parse(text);
    let problem = "";
    for (const [index, cut] of cuts[detail].entries()) {
      if (index < memory.first) continue;
      memory.pruned[index] ??= pruneSchema(view, schema, { fits, maxDepth, ...cut });
      const value = generate(memory.pruned[index], number);
      const problems = view.problems(value, schema);
      if (problems.length === 0) {
        memory.first = index;
        if (memory.texts.size < maxTexts) memory.texts.set(number, JSON.stringify(value));
        return value;
      }
      problem ||= problems.join("; ");
    }
    throw new Error(`no valid sample of its schema was found: ${problem}`);
  };
}
