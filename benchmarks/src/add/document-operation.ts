import type { DocumentSampler, Json } from "./sample-page.ts";

/** An operation of a document. */
export interface DocumentOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

/** The operation with the parameters of its path. */
export function withShared(document: Json, path: string, operation: Json): Json {
  const shared = ((document.paths as Record<string, Json>)[path]?.parameters ?? []) as unknown[];
  return { ...operation, parameters: [...shared, ...((operation.parameters ?? []) as unknown[])] };
}

/** Its parameters, with references resolved. */
export function parametersOf({ operation }: DocumentOperation, sampler: DocumentSampler): Json[] {
  return ((operation.parameters ?? []) as unknown[]).map((one) => sampler.resolve(one));
}

/** The schema of the JSON of a body; undefined where it has none. */
export function jsonSchemaOf(holder: Json): unknown {
  const [, media] =
    Object.entries((holder.content ?? {}) as Record<string, Json>).find(([type]) => /json/i.test(type)) ?? [];
  return media?.schema;
}

/** The schema of the JSON that a success has. */
export function pageSchemaOf({ operation }: DocumentOperation, sampler: DocumentSampler): unknown {
  const responses = (operation.responses ?? {}) as Record<string, unknown>;
  const status = Object.keys(responses).find(
    (one) => /^2/.test(one) && jsonSchemaOf(sampler.resolve(responses[one])) !== undefined,
  );
  return status === undefined ? undefined : jsonSchemaOf(sampler.resolve(responses[status]));
}
