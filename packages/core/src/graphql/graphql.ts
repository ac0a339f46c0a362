import { type CallOptions, readOptions } from "../connector/options.js";
import type { AnyConnector } from "../connector/to-fetch.js";
import type { Result } from "../connector/typed-client.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { GraphqlErrorItem } from "../errors/graphql-error.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import { createGraphqlError } from "./create-graphql-error.js";
import { documentText, type GraphqlDocument, type PrintDocument } from "./document-text.js";
import { isQuery } from "./is-query.js";

/** A GraphQL operation. `variables` may be left out where it needs none. */
export type GraphqlRequest<Data, Variables> = {
  /** A query or a mutation: its text, or a document that carries its types. */
  readonly query: string | GraphqlDocument<Data, Variables>;
  /** Which operation of the document is meant; goes into messages. @default the only one */
  readonly operationName?: string | undefined;
} & (Record<never, never> extends Variables
  ? { readonly variables?: Variables | undefined }
  : { readonly variables: Variables });

/** What a call may say beside its operation. */
export interface GraphqlOptions extends Omit<CallOptions, "cache"> {
  /** Where the endpoint is, behind the connector's base URL. @default "/graphql" */
  readonly path?: string | undefined;
  /** For a parsed document: `print` of `graphql` or of `@0no-co/graphql.web`. */
  readonly print?: PrintDocument | undefined;
}

const optionKeys = ["headers", "signal", "fairnessKey"];

function bodyOf(request: object): Blob {
  try {
    // By its type: the connector's other bodies may be forms.
    return new Blob([JSON.stringify(request)], { type: "application/json" });
  } catch (error) {
    throw new ConfigurationError(`graphql: \`variables\` are no JSON: ${(error as Error).message}.`);
  }
}

/**
 * Sends a query or a mutation through a connector, with its credential, limits, deadline and errors. A query is sent again as
 * any read is, a mutation as any POST: where it was not applied, or carries an idempotency key.
 * @throws GraphqlError where the answer holds errors; ApiError by its status where that is none of success;
 * ResponseParseError where the answer is broken JSON or no GraphQL; else what any call throws. ConfigurationError for a
 * parsed document without `print`, variables that are no JSON, or an unknown option.
 */
export async function graphql<Data = unknown, Variables extends object = Readonly<Record<string, unknown>>>(
  connector: AnyConnector,
  { query, variables, operationName }: GraphqlRequest<Data, Variables>,
  { path = "/graphql", print, ...options }: GraphqlOptions = {},
): Promise<Result<Data>> {
  const { operationOf, sendCall, limits: defaults } = connector["~pieces"]();
  const post = operationOf("POST", path);
  const document = documentText(query, print);
  // A key that the provider would not look at must not seem to make a mutation safe.
  const keys = post.safety === "keyed" ? [...optionKeys, "idempotencyKey"] : optionKeys;
  const { data, error, response } = await sendCall({
    operation: isQuery(document) ? { ...post, safety: "safe" } : post,
    // A cache would keep errors, which come with status 200.
    init: { ...options, cache: false, body: bodyOf({ query: document, variables, operationName }) },
    limits: readOptions(options, defaults, keys, post.id),
  });
  if (error || !response) throw error;
  const answer = Object(data) as { readonly errors?: unknown; readonly data?: Data };
  if (Array.isArray(answer.errors) && answer.errors.length > 0) {
    const errors = answer.errors as GraphqlErrorItem[];
    throw createGraphqlError(post.id, operationName, { errors, data: answer.data }, response);
  }
  if (answer.data === undefined || answer.data === null) {
    const message = "the answer is no GraphQL: it holds neither `data` nor `errors`. Is `path` the endpoint's?";
    throw new ResponseParseError(message, { operation: post.id, attempts: response.attempts });
  }
  return { data: answer.data, response };
}
