import { isJsonObject, objectIn } from "../document/json.js";
import type { ApiOperation } from "../operations/api-operation.js";
import { successResponses } from "../operations/response-media.js";

const isRead = ({ method }: ApiOperation) => method === "GET" || method === "OPTIONS" || method === "HEAD";
// RFC 9110, sections 15.3.5 and 15.3.6.
const hasNoBody = (status: string) => status === "204" || status === "205";

/**
 * `any` where the document promises something else than JSON: another media type, a redirect, or, for a read, no body. Undefined
 * where it promises JSON, or says nothing.
 */
export function responseForm(operation: ApiOperation): "any" | undefined {
  if (operation.method === "HEAD" || Object.keys(objectIn(operation.json, "responses")).length === 0) return undefined;
  const successes = successResponses(operation);
  const isOther = successes.some(
    ({ status, media }) =>
      media.some(({ kind }) => kind !== "json") || (isRead(operation) && media.length === 0 && !hasNoBody(status)),
  );
  return isOther || successes.length === 0 ? "any" : undefined;
}

/** The methods of writes of which some have no body in any success, so that an empty response may be a success. */
export function emptyResponses(operations: readonly ApiOperation[]): readonly string[] {
  const methods = operations
    .filter((operation) => !isRead(operation) && isJsonObject(operation.json.responses))
    .filter((operation) =>
      successResponses(operation).some(({ status, media }) => media.length === 0 && isOwn(operation, status)),
    )
    .map(({ method }) => method);
  return [...new Set(methods)].sort();
}

// A 204 beside a response with a body is told apart by its status; where it is the only success, servers also send an empty 200.
function isOwn(operation: ApiOperation, status: string): boolean {
  return !hasNoBody(status) || successResponses(operation).every(({ media }) => media.length === 0);
}
