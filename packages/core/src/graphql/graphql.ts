import type { CallOptions } from "../connector/options.js";
import type { Result } from "../connector/typed-client.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { GraphqlErrorItem } from "../errors/graphql-error.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import { createGraphqlError } from "./create-graphql-error.js";
import { documentText, type GraphqlDocument, type PrintDocument } from "./document-text.js";

/** Any connector. */
export interface GraphqlConnector {
  readonly POST: (...args: never) => Promise<Result<unknown>>;
}

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
export interface GraphqlOptions extends CallOptions {
  /** Where the endpoint is, behind the connector's base URL. @default "/graphql" */
  readonly path?: string | undefined;
  /** For a parsed document: `print` of `graphql` or of `@0no-co/graphql.web`. */
  readonly print?: PrintDocument | undefined;
}

type Post = (path: string, init: CallOptions & { readonly body: Blob }) => Promise<Result<unknown>>;

function bodyOf(request: object): Blob {
  try {
    // By its type: the connector's other bodies may be forms.
    return new Blob([JSON.stringify(request)], { type: "application/json" });
  } catch (error) {
    throw new ConfigurationError(`graphql: \`variables\` are no JSON: ${(error as Error).message}.`);
  }
}

/**
 * Sends a query or a mutation through a connector: its credential, limits, deadline, retry and errors hold as for any POST.
 * @throws GraphqlError where the answer holds errors; ApiError by its status where that is none of success;
 * ResponseParseError where the answer is broken JSON or no GraphQL; else what any call throws. ConfigurationError for a
 * parsed document without `print`, or variables that are no JSON.
 */
export async function graphql<Data = unknown, Variables extends object = Readonly<Record<string, unknown>>>(
  connector: GraphqlConnector,
  { query, variables, operationName }: GraphqlRequest<Data, Variables>,
  { path = "/graphql", print, ...options }: GraphqlOptions = {},
): Promise<Result<Data>> {
  const body = bodyOf({ query: documentText(query, print), variables, operationName });
  // A connector's types know the paths of its document alone.
  const result = await (connector.POST as unknown as Post)(path, { ...options, body });
  const { errors, data } = Object(result.data) as { readonly errors?: unknown; readonly data?: Data };
  const operation = `POST ${path}`;
  if (Array.isArray(errors) && errors.length > 0) {
    throw createGraphqlError(operation, operationName, { errors: errors as GraphqlErrorItem[], data }, result.response);
  }
  if (data === undefined || data === null) {
    const message = "the answer is no GraphQL: it holds neither `data` nor `errors`. Is `path` the endpoint's?";
    throw new ResponseParseError(message, { operation, attempts: result.response.attempts });
  }
  return { data, response: result.response };
}
