import { ConfigurationError } from "../errors/connectry-error.js";

/**
 * A document that carries the types of its variables and of its result, as gql.tada and GraphQL Code Generator create
 * it (`TadaDocumentNode`, `TypedDocumentNode`, `TypedDocumentString`).
 */
export interface GraphqlDocument<Data, Variables> {
  readonly __apiType?: (variables: Variables) => Data;
}

/** Prints a parsed document as text. */
export type PrintDocument = (document: never) => string;

/**
 * The text of a document.
 * @throws ConfigurationError where it is a parsed document and `print` is missing.
 */
export function documentText(
  document: string | GraphqlDocument<unknown, never>,
  print: PrintDocument | undefined,
): string {
  if (typeof document === "string" || document instanceof String) return String(document);
  if (print) return print(document as never);
  throw new ConfigurationError(
    "graphql: `query` must be text. For a parsed document pass `print` of the package graphql, too.",
  );
}
