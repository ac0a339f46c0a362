import { ConfigurationError } from "../errors/configuration-error.js";

/**
 * A document that knows the types of its variables and of what it answers, as gql.tada and GraphQL Code Generator write
 * them (`TadaDocumentNode`, `TypedDocumentNode`, `TypedDocumentString`).
 */
export interface GraphqlDocument<Data, Variables> {
  readonly __apiType?: (variables: Variables) => Data;
}

/** Writes a parsed document as text. */
export type PrintDocument = (document: never) => string;

/**
 * The text of a document.
 * @throws ConfigurationError where it is a parsed one and nothing prints it.
 */
export function documentText(
  document: string | GraphqlDocument<unknown, never>,
  print: PrintDocument | undefined,
): string {
  if (typeof document === "string" || document instanceof String) return String(document);
  if (print) return print(document as never);
  throw new ConfigurationError("graphql: `query` is no text. For a parsed document give `print` of `graphql`, too.");
}
