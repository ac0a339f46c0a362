import { type AnyConnector, internalsOf } from "../client/internals.js";
import type { GraphqlDocument } from "./document-text.js";
import type { GraphqlOptions, GraphqlResult } from "./graphql-options.js";
import type { GraphqlBody } from "./prepare-operation.js";

/** A GraphQL operation. `variables` may be omitted where it requires none. */
export type GraphqlRequest<Data, Variables> = {
  /** A query or a mutation: its text, or a document that carries its types. */
  readonly query: string | GraphqlDocument<Data, Variables>;
  /** Which operation of the document to execute; messages name it. @default the only one */
  readonly operationName?: string | undefined;
} & (Record<never, never> extends Variables
  ? { readonly variables?: Variables | undefined }
  : { readonly variables: Variables });

/**
 * Sends a query or a mutation through a connector, with its credential, limits, deadline and errors. A query is sent again like
 * any read, a mutation like any POST: where it was not applied, or carries an idempotency key.
 * @throws GraphqlError where the response contains errors; ApiError by its status where that is not a success;
 * ResponseParseError where the response is malformed JSON or not a GraphQL response; else what any call throws.
 * ConfigurationError for a parsed document without `print`, variables that cannot be written as JSON, or an unknown option.
 */
export async function graphql<Data = unknown, Variables extends object = Readonly<Record<string, unknown>>>(
  connector: AnyConnector,
  request: GraphqlRequest<Data, Variables>,
  options: GraphqlOptions = {},
): Promise<GraphqlResult<Data>> {
  // Loaded with the first operation: a connector that has GraphQL is mostly used without.
  const { prepareOperation, withBody } = await import("./prepare-operation.js");
  const { sendCall } = internalsOf(connector);
  const { data, error, response } = await sendCall(
    withBody(prepareOperation(connector, request, { options: { ...options } })),
  );
  if (error || !response) throw error;
  const { data: result, extensions } = data as GraphqlBody;
  return { data: result as Data, extensions, response };
}
