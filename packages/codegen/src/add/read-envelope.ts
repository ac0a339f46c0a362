import { isEnveloped } from "../generate/facts/enveloped.js";
import { isArray, propertiesOf } from "../generate/facts/schema-shape.js";
import { successResponses } from "../generate/operations/response-media.js";
import type { Drafted, DraftInput } from "./draft.js";

/** The envelope of successes: the field `envelope` of a profile. */
export interface EnvelopeDraft {
  readonly field: string;
  readonly beside?: readonly string[];
}

// The names that envelopes have in the documents of Asana, Pipedrive and Cloudflare, and in JSend: https://github.com/omniti-labs/jsend
const FIELDS = ["data", "result", "response"];
// What says whether a call succeeded, or where the next page is.
const BESIDE =
  /^(success|ok|status|code|errors?|messages?|next_page|additional_data|result_info|pagination|paging|links)$/;

/** The envelope of nearly all successes, where many of them have a single object in it: lists are in an object for another reason. */
export function readEnvelope({ document, operations }: DraftInput): Drafted<EnvelopeDraft> | undefined {
  const schemas = operations.flatMap((operation) =>
    successResponses(operation).flatMap(({ media }) => media.filter(({ kind }) => kind === "json")),
  );
  for (const field of FIELDS) {
    const wrapped = schemas.map(({ schema }) => propertiesOf(document, schema)).filter((names) => names.has(field));
    const single = wrapped.filter((names) => !isArray(document, names.get(field)));
    if (wrapped.length === 0 || wrapped.length < 0.9 * schemas.length || 3 * single.length < wrapped.length) continue;
    const others = new Set(wrapped.flatMap((names) => [...names.keys()]));
    const beside = [...others].filter((name) => name !== field && BESIDE.test(name)).sort();
    const kept = operations.filter((one) => !isEnveloped(one, { field, beside })).length;
    const todos = [
      `check that callers can do without the other members. ${kept} of ${operations.length} operations keep their envelope, because they have more in it, or none.`,
    ];
    return { value: { field, ...(beside.length > 0 && { beside }) }, todos };
  }
  return undefined;
}
