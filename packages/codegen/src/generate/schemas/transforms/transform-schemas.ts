import type { JsonObject } from "../../document/json.js";
import { markClosed } from "./closed-objects.js";
import { splitDirections } from "./directions.js";
import { resolveDiscriminators } from "./discriminators.js";
import { widenIndexSignature } from "./index-signatures.js";
import { type Int64Form, markInt64 } from "./int64.js";
import type { RequestFacts } from "./read-write.js";
import { requireNamesOfAllOf } from "./required-names.js";
import { SchemaView } from "./schema-view.js";
import { separateAlternatives } from "./separate-alternatives.js";
import { markTuple } from "./tuples.js";
import { mapInnermostFirst, mapOutermostFirst, mapSchemas } from "./walk-schemas.js";

type Transform = (schema: JsonObject, view: SchemaView) => JsonObject;

/** What the types depend on, besides the document: facts of the profile. */
export interface TypeFacts extends RequestFacts {
  readonly int64: Int64Form;
}

/** Rewrites the schemas of a cleaned document whose types openapi-typescript would get wrong: one file for each mistake. */
export function transformSchemas(document: JsonObject, facts: TypeFacts): JsonObject {
  const { int64 } = facts;
  const passes: readonly ((document: JsonObject) => JsonObject)[] = [
    (whole) => splitDirections(whole, facts),
    resolveDiscriminators,
    innermostFirst(separateAlternatives),
    outermostFirst(requireNamesOfAllOf),
    innermostFirst(widenIndexSignature),
    innermostFirst(markTuple),
    outermostFirst(markClosed),
    (marked) => markInt64(marked, int64),
  ];
  return passes.reduce((transformed, pass) => pass(transformed), document);
}

function innermostFirst(transform: Transform) {
  return (document: JsonObject): JsonObject => {
    const view = new SchemaView(document);
    return mapSchemas(document, (schema) => mapInnermostFirst(schema, (one) => transform(one, view)));
  };
}

function outermostFirst(transform: Transform) {
  return (document: JsonObject): JsonObject => {
    const view = new SchemaView(document);
    return mapSchemas(document, (schema) => mapOutermostFirst(schema, (one) => transform(one, view)));
  };
}
