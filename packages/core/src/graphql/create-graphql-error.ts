import { GraphqlError, type GraphqlErrorItem } from "../errors/graphql-error.js";
import { redactError } from "../pipeline/redact-error.js";
import type { Reply } from "../pipeline/reply.js";
import { readPath } from "../platform/json-path.js";

const maxNames = 3;
const isName = (value: unknown): value is string => typeof value === "string" && /^[_a-z]\w{0,63}$/i.test(value);

/** `NOT_FOUND at repository`: names only, because anything else may be a secret that was sent. */
function nameOf(item: GraphqlErrorItem): string {
  const { type, path } = Object(item) as Partial<GraphqlErrorItem>;
  const code = [type, readPath(item, ["extensions", "code"])].find(isName) ?? "an error";
  if (!Array.isArray(path) || !path.every((key) => isName(key) || Number.isInteger(key))) return code;
  return `${code} at ${path.join(".")}`;
}

/** The provider's id of the response, whatever its header is called. */
export function requestIdOf(headers: Headers): string | undefined {
  for (const [name, value] of headers) {
    if (/(^|-)req(uest)?-id$/.test(name) && /^[\w.:-]{1,128}$/.test(value)) return value;
  }
  return undefined;
}

/** A GraphQL response with errors. */
export interface FailedOperation {
  /** `POST /graphql`. */
  readonly operation: string;
  readonly isQuery: boolean;
  readonly operationName: string | undefined;
  readonly errors: readonly GraphqlErrorItem[];
  readonly data?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The error that represents the errors of a response. */
export function createGraphqlError(
  { operation, isQuery, operationName, errors, data, extensions }: FailedOperation,
  { headers, attempts, idempotencyKey, redact }: Reply,
): GraphqlError {
  const requestId = requestIdOf(headers);
  const names = errors.slice(0, maxNames).map(nameOf);
  if (errors.length > maxNames) names.push(`${errors.length - maxNames} more`);
  let text = `the response to ${operationName ?? "the operation"} contains ${names.join(", ")}`;
  if (requestId) text += `. Request ${requestId}`;
  if (attempts.length > 1) text += `. ${attempts.length} attempts`;
  // The specification omits `data` where an error occurred before anything was executed.
  text +=
    data === undefined
      ? ". Nothing was executed. `errors` says what to correct"
      : ". It was executed in part: `data` holds what succeeded, `errors` what failed";
  const outcome = isQuery || data === undefined ? "not-applied" : "unknown";
  const init = { operation, attempts, idempotencyKey, errors, data, extensions, requestId, outcome } as const;
  return redactError(new GraphqlError(`${text}.`, init), redact);
}
