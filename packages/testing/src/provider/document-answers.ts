import type { DocumentContent, DocumentOperation } from "../document/operation.js";
import { createFits, type Fits } from "../schema/fits.js";
import { chooseFitting, schemaAt } from "../schema/flatten-schema.js";
import type { JsonSchema, SchemaObject } from "../schema/json-schema.js";
import { createSampler, type Sampler } from "../schema/sample-schema.js";
import type { SchemaView } from "../schema/schema-space.js";

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
      const fits: Fits = createFits(view);
      tools = {
        sample: createSampler(view),
        at: (schema, path) => schemaAt(view, schema, path, chooseFitting(fits, depth, 0)),
      };
      known.set(view, tools);
    }
    return tools;
  };
}

/** The answer of an operation that the document describes for one status. */
export interface DocumentAnswer {
  readonly status: number;
  readonly content: DocumentContent | undefined;
}

export const isJsonContent = ({ mediaType }: DocumentContent) => /[/+]json\b/.test(mediaType) || mediaType === "*/*";

function pick(contents: readonly DocumentContent[]): DocumentContent | undefined {
  return contents.find(isJsonContent) ?? contents[0];
}

/** The answer of success: the lowest 2xx, else what the document has instead. */
export function successAnswer(operation: DocumentOperation): DocumentAnswer {
  const responses = operation.responses();
  const exact = [...responses.keys()].filter((status) => /^\d{3}$/.test(status)).sort();
  const status = exact.find((one) => one.startsWith("2")) ?? [...responses.keys()].find((one) => /^2xx$/i.test(one));
  if (status !== undefined)
    return { status: Number(status.replace(/xx/i, "00")), content: pick(responses.get(status) ?? []) };
  // HubSpot's and others' `default` is the error, so another exact status is the better guess.
  const other = exact.find((one) => one.startsWith("3")) ?? (responses.has("default") ? undefined : exact[0]);
  if (other !== undefined) return { status: Number(other), content: pick(responses.get(other) ?? []) };
  return { status: 200, content: pick(responses.get("default") ?? []) };
}

/** The body of an error that the document describes for a status, if it is JSON. */
export function errorContent(operation: DocumentOperation | undefined, status: number): DocumentContent | undefined {
  const responses = operation?.responses();
  const range = `${String(status).charAt(0)}XX`;
  const contents =
    responses?.get(String(status)) ??
    responses?.get(range) ??
    responses?.get(range.toLowerCase()) ??
    responses?.get("default");
  return contents?.find(isJsonContent);
}
