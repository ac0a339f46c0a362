import { type AnyConnector, internalsOf } from "../client/internals.js";
import type { CallError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Reply } from "../pipeline/reply.js";
import { type GraphqlDocument, type GraphqlMutation, isGraphqlOperation } from "./document-text.js";
import type { GraphqlExtensions, GraphqlOptions, MutateOptions } from "./graphql-options.js";
import { type GraphqlBody, prepareOperation, withBody } from "./prepare-operation.js";
import { createUserError } from "./user-errors.js";

/** A query or a mutation of a client. */
export interface SentOperation {
  readonly type: "query" | "mutation";
  readonly document: string | GraphqlDocument<unknown, never>;
  readonly variables: object | undefined;
  readonly options: Omit<GraphqlOptions, "path"> & MutateOptions;
}

/** The result of an operation, or the error of its call. */
export interface OperationOutcome {
  readonly data?: unknown;
  readonly error?: CallError;
  readonly extensions?: GraphqlExtensions | undefined;
  readonly response: Reply | undefined;
}

/** Throws ConfigurationError for an operation of `connectry graphql` of the other kind. */
export function checkType(document: unknown, type: "query" | "mutation"): void {
  if (!isGraphqlOperation(document) || document.type === type) return;
  const method = document.type === "query" ? "query" : "mutate";
  throw new ConfigurationError(`graphql: ${document.name} is a ${document.type}: pass it to \`${method}\`.`);
}

/** Sends an operation and returns its outcome; throws only what is not a failure of the call. */
export async function sendOperation(
  connector: AnyConnector,
  { type, document, variables, options }: SentOperation,
): Promise<OperationOutcome> {
  checkType(document, type);
  const { throwUserErrors, operationName, ...others } = options;
  const request = { query: document, variables, operationName };
  const prepared = prepareOperation(connector, request, { options: { ...others } });
  const check = (parsed: unknown, response: Reply) => {
    prepared.check(parsed, response);
    if (!throwUserErrors) return;
    const { data } = parsed as GraphqlBody;
    const places = isGraphqlOperation(document) ? (document as GraphqlMutation<unknown, never>).userErrors : undefined;
    const error = createUserError(
      { operation: prepared.operation.id, operationName: prepared.operationName, data, places },
      response,
    );
    if (error) throw error;
  };
  const outcome = await internalsOf(connector).sendCall(withBody({ ...prepared, check }));
  if (outcome.error) return outcome;
  const { data, extensions } = outcome.data as GraphqlBody;
  return { data, extensions, response: outcome.response };
}
