import type { IdempotencyDirective } from "../graphql/describe-operation.js";
import type { GraphqlEndpoint } from "../graphql/endpoint-document.js";
import { type Scalars, type ScalarType, scalarTypes } from "../graphql/scalar-type.js";
import type { DocumentPin } from "../source/document-pin.js";
import type { FieldReader, Fields } from "../text/field-reader.js";

/** The schema of a provider's GraphQL API, and what it does not say. */
export interface GraphqlFacts {
  /** Its definition language, or the result of an introspection query. */
  readonly schema: DocumentPin;
  /** What the values of its scalars are; those of any other can be anything. */
  readonly scalars: Scalars;
  /** The directive by which the provider deduplicates mutations. */
  readonly idempotency?: IdempotencyDirective;
  /** Of an API of GraphQL alone, which no document describes. */
  readonly endpoint?: GraphqlEndpoint;
}

const nameFormat = { pattern: /^[_A-Za-z]\w*$/, description: "a name of GraphQL" };
const pathFormat = { pattern: /^(?:\/[\w.-]+)+$/, description: "a path such as /graphql" };
const scalarFormat = {
  pattern: new RegExp(`^(?:${scalarTypes.join("|")})$`),
  description: `one of ${scalarTypes.join(", ")}`,
};

/** Reads what the field `graphql` of a spec.yaml has besides its pin. */
export function readGraphqlFacts(reader: FieldReader, { path, values }: Fields): Omit<GraphqlFacts, "schema"> {
  const scalars: Record<string, ScalarType> = {};
  if (values.scalars !== undefined) {
    const fields = reader.fields(values.scalars, [...path, "scalars"], {
      known: [],
      accepts: (name) => nameFormat.pattern.test(name),
    });
    for (const name of Object.keys(fields.values)) {
      const type = reader.text(fields, name, scalarFormat);
      if (type !== undefined) scalars[name] = type as ScalarType;
    }
  }
  const endpoint = readEndpoint(reader, { path, values });
  if (values.idempotency === undefined) return { scalars, ...endpoint };
  const known = ["directive", "argument"];
  const fields = reader.fields(values.idempotency, [...path, "idempotency"], { known });
  const directive = reader.required(fields, "directive", nameFormat) ?? "";
  const argument = reader.required(fields, "argument", nameFormat) ?? "";
  return { scalars, idempotency: { directive, argument }, ...endpoint };
}

function readEndpoint(reader: FieldReader, { path, values }: Fields): Pick<GraphqlFacts, "endpoint"> {
  if (values.endpoint === undefined) return {};
  const fields = reader.fields(values.endpoint, [...path, "endpoint"], { known: ["path", "version"] });
  const at = reader.required(fields, "path", pathFormat) ?? "";
  return { endpoint: { path: at, version: reader.required(fields, "version") ?? "" } };
}
