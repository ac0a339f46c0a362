import type { AccountCallOptions, PaginateOptions } from "../client/options.js";
import type { Pages, Result } from "../client/typed-client.js";
import type { CallFailure } from "../errors/api-errors.js";
import type { GraphqlError } from "../errors/graphql-error.js";
import type { GraphqlUserError, GraphqlUserErrorItem } from "../errors/graphql-user-error.js";
import type { Reply } from "../pipeline/reply.js";
import type { GraphqlDocument, GraphqlList, PrintDocument } from "./document-text.js";

/** What the provider reports beside the data of a response, such as what a query cost. */
export type GraphqlExtensions = Readonly<Record<string, unknown>>;

/** The result of an operation. */
export interface GraphqlResult<Data> extends Result<Data> {
  /** The member `extensions` of the response; undefined where it has none. */
  readonly extensions: GraphqlExtensions | undefined;
}

/** The result of an operation: `error` is undefined exactly where `data` is given. */
export type SafeGraphqlResult<Data, UserError = GraphqlUserErrorItem> =
  | (GraphqlResult<Data> & { readonly error?: undefined })
  | {
      readonly data?: undefined;
      /** Of a mutation that the provider rejected it is a GraphqlUserError, whose `userErrors` are those of its result. */
      readonly error: GraphqlError<Data> | GraphqlUserError<Data, UserError> | CallFailure;
      readonly extensions?: undefined;
      /** Undefined where no response arrived. */
      readonly response: Reply | undefined;
    };

/** The options of a GraphQL call. */
export interface GraphqlOptions extends Omit<AccountCallOptions, "cache"> {
  /** The path of the endpoint, below the connector's base URL. @default that of the provider, else "/graphql" */
  readonly path?: string | undefined;
  /** For a parsed document: `print` of `graphql` or of `@0no-co/graphql.web`. */
  readonly print?: PrintDocument | undefined;
}

/** The options of a query. */
export interface QueryOptions extends Omit<GraphqlOptions, "path" | "idempotencyKey"> {
  /** Which operation of the document to execute. @default the name of the document's constant, or the only one */
  readonly operationName?: string | undefined;
}

/** The options of a mutation. */
export interface MutateOptions extends Omit<GraphqlOptions, "path"> {
  /** Which operation of the document to execute. @default the name of the document's constant, or the only one */
  readonly operationName?: string | undefined;
  /** Rejects with GraphqlUserError where the result has user errors, as `safe.mutate` always returns it. @default false */
  readonly throwUserErrors?: boolean | undefined;
}

/** The options of a list. */
export interface PaginateQueryOptions extends Omit<PaginateOptions, "cache" | "idempotencyKey"> {
  /** Whose credential each page is requested with, where the client has several accounts. */
  readonly account?: string | undefined;
}

/** The arguments after a document: its variables, which may be omitted where none is required, and options. */
export type GraphqlArgs<Variables, Options> =
  Record<never, never> extends Variables
    ? [variables?: Variables | undefined, options?: Options]
    : [variables: Variables, options?: Options];

/** A query: text, a document of `connectry graphql`, or any other document that carries its types. */
export type QueryDocument<Data, Variables> = string | (GraphqlDocument<Data, Variables> & { readonly type?: "query" });

/** A mutation: text, a document of `connectry graphql`, or any other document that carries its types. */
export type MutationDocument<Data, Variables, UserError> =
  | string
  | (GraphqlDocument<Data, Variables> & { readonly type?: "mutation"; readonly __userError?: () => UserError });

/** Any variables. */
type AnyVariables = Readonly<Record<string, unknown>>;

/** Operations of GraphQL that return their errors. An abort still rejects with its reason, and a mistake in options throws. */
export interface SafeGraphqlMethods {
  query<Data = unknown, Variables extends object = AnyVariables>(
    document: QueryDocument<Data, Variables>,
    ...args: GraphqlArgs<Variables, QueryOptions>
  ): Promise<SafeGraphqlResult<Data, never>>;
  /** User errors of the result are an error, too. */
  mutate<Data = unknown, Variables extends object = AnyVariables, UserError = GraphqlUserErrorItem>(
    document: MutationDocument<Data, Variables, UserError>,
    ...args: GraphqlArgs<Variables, Omit<MutateOptions, "throwUserErrors">>
  ): Promise<SafeGraphqlResult<Data, UserError>>;
}

/** Operations of GraphQL, through one connector. */
export interface GraphqlMethods {
  /**
   * Sends a query, again after any transient failure.
   * @throws GraphqlError where the response contains errors; else what any call throws.
   */
  query<Data = unknown, Variables extends object = AnyVariables>(
    document: QueryDocument<Data, Variables>,
    ...args: GraphqlArgs<Variables, QueryOptions>
  ): Promise<GraphqlResult<Data>>;
  /**
   * Sends a mutation. It is sent again only where it was not applied, or where the provider deduplicates it by a key.
   * @throws GraphqlError where the response contains errors; GraphqlUserError by the option `throwUserErrors`; else what any call
   * throws.
   */
  mutate<Data = unknown, Variables extends object = AnyVariables, UserError = GraphqlUserErrorItem>(
    document: MutationDocument<Data, Variables, UserError>,
    ...args: GraphqlArgs<Variables, MutateOptions>
  ): Promise<GraphqlResult<Data>>;
  /**
   * Iterates over the list of a query to its end, requesting a page when it is needed. Only queries that `connectry graphql` found
   * to have one connection with `pageInfo` and a variable as its `after` can be paginated: others do not compile.
   */
  paginate<Data, Variables extends object, Item>(
    document: GraphqlList<Data, Variables, Item>,
    ...args: GraphqlArgs<Variables, PaginateQueryOptions>
  ): Pages<Item, Data>;
  /** The same, with the error in the result. */
  readonly safe: SafeGraphqlMethods;
}
