import { executedOperation } from "../client/check-headers.js";
import { type AnyConnector, internalsOf } from "../client/internals.js";
import type { AccountCallOptions } from "../client/options.js";
import { readOptions } from "../client/read-options.js";
import type { Result } from "../client/typed-client.js";
import { ResponseParseError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { GraphqlErrorItem } from "../errors/graphql-error.js";
import type { Reply } from "../pipeline/reply.js";
import { toWriteError } from "../retry/outcome-unknown.js";
import { formatJson } from "../serialization/format-value.js";
import { createGraphqlError } from "./create-graphql-error.js";
import { documentText, type GraphqlDocument, type PrintDocument } from "./document-text.js";
import { isQuery } from "./is-query.js";

/** A GraphQL operation. `variables` may be omitted where it requires none. */
export type GraphqlRequest<Data, Variables> = {
  /** A query or a mutation: its text, or a document that carries its types. */
  readonly query: string | GraphqlDocument<Data, Variables>;
  /** Which operation of the document to execute; messages name it. @default the only one */
  readonly operationName?: string | undefined;
} & (Record<never, never> extends Variables
  ? { readonly variables?: Variables | undefined }
  : { readonly variables: Variables });

/** The options of a GraphQL call. */
export interface GraphqlOptions extends Omit<AccountCallOptions, "cache"> {
  /** The path of the endpoint, below the connector's base URL. @default "/graphql" */
  readonly path?: string | undefined;
  /** For a parsed document: `print` of `graphql` or of `@0no-co/graphql.web`. */
  readonly print?: PrintDocument | undefined;
}

const optionKeys = ["headers", "signal", "fairnessKey", "account"];

function bodyOf(request: object): string {
  try {
    return formatJson("request", request, undefined);
  } catch (error) {
    throw new ConfigurationError(`graphql: \`variables\` cannot be written as JSON: ${(error as Error).message}.`);
  }
}

/**
 * Sends a query or a mutation through a connector, with its credential, limits, deadline and errors. A query is sent again like
 * any read, a mutation like any POST: where it was not applied, or carries an idempotency key.
 * @throws GraphqlError where the response contains errors; ApiError by its status where that is not a success;
 * ResponseParseError where the response is malformed JSON or not a GraphQL response; else what any call throws.
 * ConfigurationError for a parsed document without `print`, variables that cannot be written as JSON, or an unknown option.
 */
export async function graphql<Data = unknown, Variables extends object = Readonly<Record<string, unknown>>>(
  connector: AnyConnector,
  { query, variables, operationName }: GraphqlRequest<Data, Variables>,
  { path = "/graphql", print, ...options }: GraphqlOptions = {},
): Promise<Result<Data>> {
  const { operationOf, sendCall, limits: defaults, headers } = internalsOf(connector);
  // The body is JSON, also where the connector's other bodies are forms.
  const post = { ...operationOf("POST", path), body: "raw" as const };
  const ownHeaders = { "content-type": "application/json", ...options.headers };
  const document = documentText(query, print);
  // A key that the provider ignores must not make a mutation seem safe to repeat.
  const others = post.safety === "idempotent-with-key" ? [...optionKeys, "idempotencyKey"] : optionKeys;
  const operation = isQuery(document) ? executedOperation({ ...post, safety: "safe" }, headers) : post;
  /** Throws what a response with a status of success reports as failed. */
  const check = (parsed: unknown, response: Reply) => {
    const result = Object(parsed) as { readonly errors?: unknown; readonly data?: unknown };
    if (Array.isArray(result.errors) && result.errors.length > 0) {
      const errors = result.errors as GraphqlErrorItem[];
      throw createGraphqlError(
        { operation: post.id, isQuery: operation.safety === "safe", operationName, errors, data: result.data },
        response,
      );
    }
    if (result.data === undefined || result.data === null) {
      const message = "the response has neither `data` nor `errors`: check that `path` is the GraphQL endpoint.";
      const { attempts, idempotencyKey } = response;
      const init = { operation: post.id, attempts, idempotencyKey, maybeSent: true };
      throw toWriteError(operation, new ResponseParseError(message, init));
    }
  };
  const { data, error, response } = await sendCall({
    operation,
    // A cache would store errors, which come with status 200.
    init: {
      ...options,
      headers: ownHeaders,
      cache: false,
      body: bodyOf({ query: document, variables, operationName }),
    },
    limits: readOptions(options, { defaults, others, where: post.id }),
    check,
  });
  if (error || !response) throw error;
  return { data: (data as { readonly data: Data }).data, response };
}
