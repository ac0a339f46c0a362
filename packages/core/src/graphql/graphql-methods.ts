import type { AnyConnector } from "../client/internals.js";
import type { Connector, PathIndex, SafeMethods, ThrowingMethods } from "../client/typed-client.js";
import type { GraphqlDocument, GraphqlList } from "./document-text.js";
import type { GraphqlMethods, MutateOptions, PaginateQueryOptions, SafeGraphqlMethods } from "./graphql-options.js";

type AnyDocument = string | GraphqlDocument<unknown, never>;

/**
 * The methods by which a connector sends operations of GraphQL. Their code is loaded with the first operation, so that a program
 * without any does not carry it.
 */
export function graphqlMethods(connector: AnyConnector): GraphqlMethods {
  const sender =
    (type: "query" | "mutation", isSafe: boolean) =>
    async (document: AnyDocument, variables?: object, options: MutateOptions = {}) => {
      const { sendOperation } = await import("./send-operation.js");
      const own = isSafe && type === "mutation" ? { ...options, throwUserErrors: true } : options;
      const outcome = await sendOperation(connector, { type, document, variables, options: own });
      if (outcome.error && !isSafe) {
        // It was created far below: its stack shows who called.
        Error.captureStackTrace?.(outcome.error);
        throw outcome.error;
      }
      return outcome;
    };
  const paginate = (
    document: GraphqlList<unknown, never, unknown>,
    variables?: object,
    options: PaginateQueryOptions = {},
  ) => {
    const iterate = async function* (yieldPages: boolean) {
      const { iterateConnection } = await import("./iterate-connection.js");
      yield* iterateConnection(connector, { document, variables, options, yieldPages });
    };
    return { [Symbol.asyncIterator]: () => iterate(false), pages: () => iterate(true) };
  };
  const methods = {
    query: sender("query", false),
    mutate: sender("mutation", false),
    paginate,
    safe: { query: sender("query", true), mutate: sender("mutation", true) },
  };
  return methods as unknown as GraphqlMethods;
}

/** The client of an API of GraphQL alone: its methods are those of GraphQL, beside calls of its endpoint. */
export interface GraphqlConnector<E extends PathIndex> extends ThrowingMethods<E>, GraphqlMethods, AnyConnector {
  readonly safe: SafeMethods<E> & SafeGraphqlMethods;
}

/** Gives the client of an API of GraphQL alone its methods. */
export function withGraphqlMethods<E extends PathIndex>(connector: Connector<E>): GraphqlConnector<E> {
  const methods = graphqlMethods(connector);
  return Object.assign(connector, { ...methods, safe: { ...connector.safe, ...methods.safe } }) as never;
}
