import type { DocumentOperation, DocumentParameter } from "./operation.js";

/** The parts of a request by which operations with the same method and path are distinguished. */
export interface RequestParts {
  readonly query: readonly (readonly [name: string, value: string, sent?: string])[];
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The path as sent. Documents append a query or a fragment to a path that they have twice, such as `/tags#tagKeys`. */
export function wirePath(path: string): string {
  return path.replace(/[?#].*$/s, "");
}

/** The query that is part of a path template: `/templates?full=true`. */
export function fixedQuery(path: string): readonly (readonly [string, string])[] {
  const text = /\?([^#]*)/.exec(path)?.[1];
  return text === undefined ? [] : [...new URLSearchParams(text)];
}

/**
 * Among operations with the same method and path, the one whose conditions a request meets; of several, the one with the
 * most conditions, and the first operation where there is none.
 */
export function pickOverload(
  operations: readonly DocumentOperation[],
  parts: RequestParts | undefined,
): DocumentOperation | undefined {
  const [first, ...others] = operations;
  if (others.length === 0 || parts === undefined) return first;
  const matching = operations
    .map((operation) => ({ operation, conditions: conditionsOf(operation) }))
    .filter(({ conditions }) => conditions.every((isMet) => isMet(parts)))
    .sort((one, other) => other.conditions.length - one.conditions.length);
  return matching[0]?.operation ?? first;
}

/** What a request for an operation must contain. */
function conditionsOf(operation: DocumentOperation): ((parts: RequestParts) => boolean)[] {
  const fixed = fixedQuery(operation.path).map(
    ([name, value]) =>
      ({ query }: RequestParts) =>
        query.some(([sentName, sentValue]) => sentName === name && sentValue === value),
  );
  const required = operation
    .parameters()
    .filter((parameter) => parameter.required && (parameter.in === "query" || parameter.in === "header"));
  return [...fixed, ...required.map((parameter) => (parts: RequestParts) => isSent(operation, parameter, parts))];
}

const scalars = new Set(["string", "number", "integer", "boolean"]);

function isSent(operation: DocumentOperation, parameter: DocumentParameter, { headers, query }: RequestParts): boolean {
  const { name, in: location, schema } = parameter;
  const value = location === "header" ? headers[name.toLowerCase()] : query.find(([sent]) => sent === name)?.[1];
  const converted = operation.schemas.request.convert(schema);
  const { enum: choices, type } = typeof converted === "object" ? converted : {};
  // An object is sent as its members, each under its own name.
  if (value === undefined) return location === "query" && choices === undefined && !scalars.has(String(type));
  return choices === undefined || choices.map(String).includes(value);
}
