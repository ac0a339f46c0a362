import { compareText, objectIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import type { Path } from "../generate/generator-profile.js";
import { errorResponses } from "../generate/operations/response-media.js";
import type { DraftInput, Reading } from "./draft.js";
import { isScalar, placeAt } from "./schema-paths.js";

/** Where errors say what went wrong, in the words of a profile. */
export interface ErrorsDraft {
  readonly message: Path;
  readonly code?: Path;
  readonly requestId?: string | Path;
}

// Where providers put it, the most telling first.
const MESSAGES: readonly Path[] = [
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
];
const CODES: readonly Path[] = [
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
const REQUEST_IDS: readonly Path[] = [
  ["error", "request_id"],
  ["request_id"],
  ["requestId"],
  ["RequestId"],
  ["correlationId"],
  ["correlation_id"],
  ["traceId"],
];
const REQUEST_HEADER = /^(x-)?([a-z]+-)*(request|correlation|trace)-?id$/i;

/** Where most error bodies of the document have a message, a code and the request's id. */
export function readErrors(input: DraftInput): Reading<ErrorsDraft> {
  const schemas = errorSchemas(input);
  const message = mostCommon(input, schemas, MESSAGES, ["string"]);
  const header = requestHeader(input);
  if (message === undefined) {
    const reason = schemas.length > 0 ? "in no place that is usual" : "nowhere in the document";
    return {
      value: { message: ["message"], ...(header !== undefined && { requestId: header }) },
      open: [`the message of an error stands ${reason}. Write down where answers have it, and their code.`],
    };
  }
  const isOther = (path: Path) => path.join() !== message.join();
  // A code that stands where no message does belongs to another form of error.
  const beside = schemas.filter((schema) => hasScalar(input, schema, message, ["string"]));
  const code = mostCommon(input, beside, CODES.filter(isOther), ["string", "integer", "number"]);
  const requestId = header ?? mostCommon(input, beside, REQUEST_IDS, ["string"]);
  return {
    value: { message, ...(code !== undefined && { code }), ...(requestId !== undefined && { requestId }) },
    open: [],
  };
}

function errorSchemas({ operations }: DraftInput): unknown[] {
  return operations.flatMap((operation) =>
    errorResponses(operation).flatMap(({ media }) =>
      media.filter(({ kind, schema }) => kind === "json" && schema !== undefined).map(({ schema }) => schema),
    ),
  );
}

function mostCommon(
  input: DraftInput,
  schemas: readonly unknown[],
  paths: readonly Path[],
  kinds: readonly string[],
): Path | undefined {
  const counted = paths.map((path) => ({
    path,
    count: schemas.filter((schema) => hasScalar(input, schema, path, kinds)).length,
  }));
  // The sort keeps the order of equals, and with it which is the most telling.
  return counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)[0]?.path;
}

function hasScalar({ document }: DraftInput, schema: unknown, path: Path, kinds: readonly string[]): boolean {
  const found = placeAt(document, schema, path);
  return found !== undefined && isScalar(document, found, kinds);
}

/** The header of answers that names the request, as most of them call it. */
function requestHeader({ document, operations }: DraftInput): string | undefined {
  const counts = new Map<string, number>();
  for (const { json } of operations) {
    for (const source of Object.values(objectIn(json, "responses"))) {
      for (const name of Object.keys(objectIn(followReference(document, source), "headers"))) {
        if (REQUEST_HEADER.test(name)) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b))[0]?.[0];
}
