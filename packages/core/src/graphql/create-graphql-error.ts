import { readPath } from "../connector/read-path.js";
import { GraphqlError, type GraphqlErrorItem } from "../errors/graphql-error.js";
import type { Reply } from "../pipeline/reply.js";

const mostNamed = 3;
const isName = (value: unknown): value is string => typeof value === "string" && /^[_a-z]\w{0,63}$/i.test(value);

/** `NOT_FOUND at repository`: names alone, since anything else may be a secret that was sent. */
function nameOf(item: GraphqlErrorItem): string {
  const { type, path } = Object(item) as Partial<GraphqlErrorItem>;
  const code = [type, readPath(item, ["extensions", "code"])].find(isName) ?? "an error";
  if (!Array.isArray(path) || !path.every((key) => isName(key) || Number.isInteger(key))) return code;
  return `${code} at ${path.join(".")}`;
}

/** The id by which the provider knows its answer, whatever it calls the header. */
function requestIdOf(headers: Headers): string | undefined {
  for (const [name, value] of headers) {
    if (/(^|-)req(uest)?-id$/.test(name) && /^[\w.:-]{1,128}$/.test(value)) return value;
  }
  return undefined;
}

/** The error that the errors of an answer stand for. */
export function createGraphqlError(
  operation: string,
  operationName: string | undefined,
  { errors, data }: { readonly errors: readonly GraphqlErrorItem[]; readonly data?: unknown },
  { headers, attempts }: Reply,
): GraphqlError {
  const requestId = requestIdOf(headers);
  const names = errors.slice(0, mostNamed).map(nameOf);
  if (errors.length > mostNamed) names.push(`${errors.length - mostNamed} more`);
  let text = `the answer to ${operationName ?? "it"} holds ${names.join(", ")}`;
  if (requestId) text += `. Request ${requestId}`;
  if (attempts.length > 1) text += `. ${attempts.length} attempts`;
  // The standard leaves `data` out where an error arose before anything was executed.
  text +=
    data === undefined
      ? ". Nothing was executed. `errors` says what to correct"
      : ". It was executed in part: `data` holds what was answered, `errors` what went wrong";
  return new GraphqlError(`${text}.`, { operation, attempts, errors, data, requestId });
}
