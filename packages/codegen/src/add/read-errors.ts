import type { LoadedDocument } from "../document/loaded-document.js";
import { compareText, objectIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { errorResponses } from "../generate/operations/response-media.js";
import type { JsonPath } from "../generate/profile/generator-profile.js";
import type { Drafted, DraftInput } from "./draft.js";
import { isScalar, schemaAt } from "./schema-paths.js";

/** Where error bodies have their details: the field `errors` of a profile. */
export interface ErrorsDraft {
  readonly message: JsonPath;
  readonly code?: JsonPath;
  readonly requestId?: string | JsonPath;
  readonly otherShapes?: readonly ShapeDraft[];
}

interface ShapeDraft {
  readonly message: JsonPath;
  readonly code?: JsonPath;
}

// Common paths of error messages, the most specific first.
const MESSAGES: readonly JsonPath[] = [
  ["error", "message"],
  ["message"],
  ["Message"],
  ["errorMessage"],
  ["error_message"],
  ["error_description"],
  ["errors", 0, "message"],
  ["errors", 0, "detail"],
  ["Errors", 0, "Message"],
  ["error", "detail"],
  ["detail"],
  ["errors", 0, "title"],
  ["title"],
  ["fault", "faultstring"],
  ["error", "msg"],
  ["msg"],
  ["meta", "message"],
  ["messages", 0],
  ["errors", 0],
  ["errorDescription"],
  ["description"],
  ["reason"],
  ["error"],
  ["errorMessages", 0],
  ["err"],
];
const CODES: readonly JsonPath[] = [
  ["error", "code"],
  ["error", "type"],
  ["code"],
  ["Code"],
  ["errorCode"],
  ["error_code"],
  ["errors", 0, "code"],
  ["errors", 0, "errorId"],
  ["error", "status"],
  ["error"],
  ["type"],
  ["__type"],
];
const REQUEST_IDS: readonly JsonPath[] = [
  ["error", "request_id"],
  ["request_id"],
  ["requestId"],
  ["RequestId"],
  ["correlationId"],
  ["correlation_id"],
  ["traceId"],
];
const REQUEST_ID_HEADER = /^(x-)?([a-z]+-)*(request|correlation|trace)-?id$/i;

/** The paths of message, code and request id in most error bodies of the document. */
export function readErrors(input: DraftInput): Drafted<ErrorsDraft> {
  const schemas = errorSchemas(input);
  const message = mostCommonPath(input.document, schemas, { paths: MESSAGES, types: ["string"] });
  const header = requestIdHeader(input);
  if (message === undefined) {
    const reason = schemas.length > 0 ? "at an unusual path in the document's errors" : "not described in the document";
    return {
      value: { message: ["message"], ...(header !== undefined && { requestId: header }) },
      todos: [`the message of an error is ${reason}. Enter its path, and that of the code.`],
    };
  }
  const shape = shapeOf(input.document, schemas, message);
  const requestId = header ?? mostCommonPath(input.document, shape.schemas, { paths: REQUEST_IDS, types: ["string"] });
  const otherShapes = readOtherShapes(input.document, shape.others, OTHER_SHAPE_SHARE * schemas.length);
  return {
    value: {
      ...shape.draft,
      ...(requestId !== undefined && { requestId }),
      ...(otherShapes.length > 0 && { otherShapes }),
    },
    todos: [],
  };
}

/** The errors with a message at this path, with the path of their code, and those without. */
function shapeOf(document: LoadedDocument, schemas: readonly unknown[], message: JsonPath) {
  const isOther = (path: JsonPath) => path.join() !== message.join();
  const hasMessage = (schema: unknown) => hasScalar(document, schema, { path: message, types: ["string"] });
  // Errors without this message have another format, so their code does not matter.
  const own = schemas.filter(hasMessage);
  const codes = { paths: CODES.filter(isOther), types: ["string", "integer", "number"] };
  const code = mostCommonPath(document, own, codes);
  const draft: ShapeDraft = { message, ...(code !== undefined && { code }) };
  return { draft, schemas: own, others: schemas.filter((schema) => !hasMessage(schema)) };
}

// A shape that fewer of the errors have is that of a gateway, or a mistake.
const OTHER_SHAPE_SHARE = 0.1;

/** The shapes of the errors that have no message where most have it, the most common first, which more than so many have. */
function readOtherShapes(document: LoadedDocument, schemas: readonly unknown[], least: number): readonly ShapeDraft[] {
  const message = mostCommonPath(document, schemas, { paths: MESSAGES, types: ["string"] });
  if (message === undefined) return [];
  const { draft, schemas: own, others } = shapeOf(document, schemas, message);
  return own.length > least ? [draft, ...readOtherShapes(document, others, least)] : [];
}

function errorSchemas({ operations }: DraftInput): unknown[] {
  return operations.flatMap((operation) =>
    errorResponses(operation).flatMap(({ media }) =>
      media.filter(({ kind, schema }) => kind === "json" && schema !== undefined).map(({ schema }) => schema),
    ),
  );
}

/** The path at which most schemas have a scalar of one of the types. */
function mostCommonPath(
  document: LoadedDocument,
  schemas: readonly unknown[],
  { paths, types }: { readonly paths: readonly JsonPath[]; readonly types: readonly string[] },
): JsonPath | undefined {
  const counted = paths.map((path) => ({
    path,
    count: schemas.filter((schema) => hasScalar(document, schema, { path, types })).length,
  }));
  // The sort is stable: of paths with the same count, the more specific one comes first.
  return counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)[0]?.path;
}

function hasScalar(
  document: LoadedDocument,
  schema: unknown,
  { path, types }: { readonly path: JsonPath; readonly types: readonly string[] },
): boolean {
  const found = schemaAt(document, schema, path);
  return found !== undefined && isScalar(document, found, types);
}

/** The most common response header with the id of the request. */
function requestIdHeader({ document, operations }: DraftInput): string | undefined {
  const counts = new Map<string, number>();
  for (const { json } of operations) {
    for (const source of Object.values(objectIn(json, "responses"))) {
      for (const name of Object.keys(objectIn(followReference(document, source), "headers"))) {
        if (REQUEST_ID_HEADER.test(name)) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b))[0]?.[0];
}
