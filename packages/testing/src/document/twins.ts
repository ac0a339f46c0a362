import type { DocumentOperation, DocumentParameter } from "./operation.js";

/** What of a request tells operations apart that share method and path. */
export interface SentParts {
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The path as it goes over the wire: documents put a query or a fragment behind it to have it twice (`/tags#tagKeys`). */
export function wirePath(path: string): string {
  return path.replace(/[?#].*$/s, "");
}

/** The query that a path template fixes: `/templates?full=true`. */
export function fixedQuery(path: string): readonly (readonly [string, string])[] {
  const text = /\?([^#]*)/.exec(path)?.[1];
  return text === undefined ? [] : [...new URLSearchParams(text)];
}

/** Among operations that share method and path, the one that a request fits and that demands the most of it. */
export function pickTwin(
  operations: readonly DocumentOperation[],
  sent: SentParts | undefined,
): DocumentOperation | undefined {
  const [first, ...others] = operations;
  if (others.length === 0 || sent === undefined) return first;
  const fitting = operations
    .map((operation) => ({ operation, marks: marksOf(operation) }))
    .filter(({ marks }) => marks.every((mark) => mark(sent)))
    .sort((one, other) => other.marks.length - one.marks.length);
  return fitting[0]?.operation ?? first;
}

/** What must stand in a request for an operation. */
function marksOf(operation: DocumentOperation): ((sent: SentParts) => boolean)[] {
  const fixed = fixedQuery(operation.path).map(
    ([name, value]) =>
      (sent: SentParts) =>
        sent.query.some(([other, text]) => other === name && text === value),
  );
  const demanded = operation
    .parameters()
    .filter((parameter) => parameter.required && (parameter.in === "query" || parameter.in === "header"));
  return [...fixed, ...demanded.map((parameter) => (sent: SentParts) => isSent(operation, parameter, sent))];
}

const scalars = new Set(["string", "number", "integer", "boolean"]);

function isSent(
  operation: DocumentOperation,
  { name, in: place, schema }: DocumentParameter,
  sent: SentParts,
): boolean {
  const text =
    place === "header" ? sent.headers[name.toLowerCase()] : sent.query.find(([other]) => other === name)?.[1];
  const converted = operation.schemas.request.convert(schema);
  const { enum: choices, type } = typeof converted === "object" ? converted : {};
  // An object goes out as its members, each under a name of its own.
  if (text === undefined) return place === "query" && choices === undefined && !scalars.has(String(type));
  return choices === undefined || choices.map(String).includes(text);
}
