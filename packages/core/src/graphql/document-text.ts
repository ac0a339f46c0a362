import { ConfigurationError } from "../errors/connectry-error.js";
import type { JsonPath } from "../platform/json-path.js";

/**
 * A document that carries the types of its variables and of its result, as gql.tada and GraphQL Code Generator create
 * it (`TadaDocumentNode`, `TypedDocumentNode`, `TypedDocumentString`), and `connectry graphql`.
 */
export interface GraphqlDocument<Data, Variables> {
  readonly __apiType?: (variables: Variables) => Data;
}

/** One operation, as `connectry graphql` writes it: its text, fragments included, and what its parser knows of it. */
export interface GraphqlOperation<Data, Variables> extends GraphqlDocument<Data, Variables> {
  readonly type: "query" | "mutation";
  /** Its name, which messages contain. */
  readonly name: string;
  readonly text: string;
}

/** A query that `connectry graphql` wrote. */
export interface GraphqlQuery<Data, Variables> extends GraphqlOperation<Data, Variables> {
  readonly type: "query";
}

/** Where a query has its list, and how the list goes on. Paths begin at the data of the response. */
export interface GraphqlPage {
  readonly items: JsonPath;
  /** The end cursor of a page. */
  readonly cursor: JsonPath;
  /** Whether another page follows. */
  readonly more: JsonPath;
  /** The variable that takes the cursor. */
  readonly into: string;
}

/** A query over exactly one connection that can be paginated: its `after` is a variable, and it selects `pageInfo`. */
export interface GraphqlList<Data, Variables, Item> extends GraphqlQuery<Data, Variables> {
  readonly page: GraphqlPage;
  readonly __item?: () => Item;
}

/** A mutation that `connectry graphql` wrote. */
export interface GraphqlMutation<Data, Variables, UserError = never> extends GraphqlOperation<Data, Variables> {
  readonly type: "mutation";
  /** Where its result reports what the provider rejected. */
  readonly userErrors?: readonly JsonPath[];
  readonly __userError?: () => UserError;
}

/** Prints a parsed document as text. */
export type PrintDocument = (document: never) => string;

/** Whether a document was written by `connectry graphql`. */
export function isGraphqlOperation(document: unknown): document is GraphqlOperation<unknown, never> {
  return typeof Object(document).text === "string";
}

/**
 * The text of a document.
 * @throws ConfigurationError where it is a parsed document and `print` is missing.
 */
export function documentText(
  document: string | GraphqlDocument<unknown, never>,
  print: PrintDocument | undefined,
): string {
  if (typeof document === "string" || document instanceof String) return String(document);
  if (isGraphqlOperation(document)) return document.text;
  if (print) return print(document as never);
  throw new ConfigurationError(
    "graphql: `query` must be text. For a parsed document pass `print` of the package graphql, too.",
  );
}
