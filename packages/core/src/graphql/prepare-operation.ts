import { executedOperation } from "../client/check-headers.js";
import { type AnyConnector, internalsOf } from "../client/internals.js";
import type { ResolvedLimits } from "../client/options.js";
import type { PreparedCall } from "../client/prepared-call.js";
import { readOptions } from "../client/read-options.js";
import { ResponseParseError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { GraphqlErrorItem } from "../errors/graphql-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { toWriteError } from "../retry/outcome-unknown.js";
import { formatJson } from "../serialization/format-value.js";
import { costKeyOf } from "./cost-key.js";
import { createGraphqlError } from "./create-graphql-error.js";
import { documentText, type GraphqlDocument, isGraphqlOperation } from "./document-text.js";
import type { GraphqlExtensions, GraphqlOptions } from "./graphql-options.js";
import { addIdempotencyKey } from "./idempotency-directive.js";
import { isQuery } from "./is-query.js";

/** An operation as its caller passes it. */
export interface OperationRequest {
  readonly query: string | GraphqlDocument<unknown, never>;
  readonly variables?: object | undefined;
  readonly operationName?: string | undefined;
}

/** The options of an operation, and the defaults of those that are numbers and not limits. */
export interface OperationOptions<Numbers> {
  readonly options: GraphqlOptions & Readonly<Record<string, unknown>>;
  readonly numbers?: Numbers;
}

/** The parsed body of a response. */
export interface GraphqlBody {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: GraphqlExtensions;
}

/** An operation whose text, safety and limits are known. Its body is still an object, so that a variable can be set. */
export interface PreparedOperation<Limits extends ResolvedLimits> extends PreparedCall {
  readonly limits: Limits;
  readonly operationName: string | undefined;
  /** Throws what a response with a status of success reports as failed. */
  readonly check: (parsed: unknown, response: Reply) => void;
}

const optionKeys = ["headers", "signal", "fairnessKey", "account"];

/** Writes the body of a prepared operation as JSON, also where the connector's other bodies are forms. */
export function withBody<Call extends PreparedCall>(call: Call): Call {
  try {
    return { ...call, init: { ...call.init, body: formatJson("request", call.init.body, undefined) } };
  } catch (error) {
    throw new ConfigurationError(`graphql: \`variables\` cannot be written as JSON: ${(error as Error).message}.`);
  }
}

/**
 * Prepares an operation: a query is as safe as any read, a mutation as any POST, or as a write with an idempotency key.
 * @throws ConfigurationError for a parsed document without `print`, or an unknown option.
 */
export function prepareOperation<Numbers extends object = ResolvedLimits>(
  connector: AnyConnector,
  { query, variables, operationName: given }: OperationRequest,
  { numbers, options: { path: ownPath, print, ...options } }: OperationOptions<Numbers>,
): PreparedOperation<ResolvedLimits & Numbers> {
  const { operationOf, limits, headers, profile } = internalsOf(connector);
  const path = ownPath ?? profile.graphql?.path ?? "/graphql";
  const text = documentText(query, print);
  const known = isGraphqlOperation(query) ? query : undefined;
  const operationName = given ?? known?.name;
  const keyed = addIdempotencyKey(profile.graphql?.idempotency, { text, variables, key: options.idempotencyKey });
  const isRead = known ? known.type === "query" : isQuery(text);
  const endpoint = operationOf("POST", path);
  const post: Operation = {
    ...endpoint,
    body: "raw",
    bucket: profile.graphql?.bucket ?? endpoint.bucket,
    kind: isRead ? "QUERY" : "MUTATION",
    costKey: (profile.costLimit ?? profile.quotaCost) && costKeyOf(text, variables),
  };
  const safety = isRead ? "safe" : keyed ? "idempotent-with-key" : post.safety;
  const operation = executedOperation({ ...post, safety }, headers);
  // A key that the provider ignores must not make a mutation seem safe to repeat.
  const takesKey = keyed || post.safety === "idempotent-with-key";

  const check = (parsed: unknown, response: Reply) => {
    const { data, errors, extensions } = Object(parsed) as GraphqlBody;
    if (Array.isArray(errors) && errors.length > 0) {
      const failed = { operation: post.id, isQuery: operation.safety === "safe", operationName, data, extensions };
      throw createGraphqlError({ ...failed, errors: errors as GraphqlErrorItem[] }, response);
    }
    if (data === undefined || data === null) {
      const message = "the response has neither `data` nor `errors`: check that `path` is the GraphQL endpoint.";
      const { attempts, idempotencyKey } = response;
      const init = { operation: post.id, attempts, idempotencyKey, maybeSent: true };
      throw toWriteError(operation, new ResponseParseError(message, init));
    }
  };
  return {
    operation,
    operationName,
    // A cache would store errors, which come with status 200.
    init: {
      ...options,
      ...(keyed && { idempotencyKey: keyed.key }),
      headers: { "content-type": "application/json", ...options.headers },
      cache: false,
      body: { query: text, variables: keyed ? keyed.variables : variables, operationName },
    },
    limits: readOptions(options, {
      defaults: { ...limits, ...numbers } as ResolvedLimits & Numbers,
      others: [...optionKeys, ...(takesKey ? ["idempotencyKey"] : [])],
      where: post.id,
    }),
    check,
  };
}
