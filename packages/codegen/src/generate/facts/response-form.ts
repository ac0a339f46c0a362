import type { EmptyResponses } from "@connectry/core";
import { compareText, objectIn } from "../document/json.js";
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

/**
 * The writes of which a success may have no body, by method: the document promises none, or says nothing. A 204 beside a response
 * with a body is told apart by its status; where no success has a body, servers also send an empty 200.
 */
export function emptyResponses(operations: readonly ApiOperation[]): Readonly<Record<string, EmptyResponses>> {
  const writes = operations.filter((operation) => !isRead(operation) && responseForm(operation) === undefined);
  const methods = [...new Set(writes.map(({ method }) => method))].sort(compareText);
  const entries = methods.flatMap((method): [string, EmptyResponses][] => {
    const all = writes.filter((operation) => operation.method === method);
    const pathsOf = (isEmpty: boolean) =>
      all
        .filter((operation) => mayBeEmpty(operation) === isEmpty)
        .map(({ path }) => path)
        .sort(compareText);
    const [only, except] = [pathsOf(true), pathsOf(false)];
    if (only.length === 0) return [];
    return [[method, only.length < except.length ? { only } : { except }]];
  });
  return Object.fromEntries(entries);
}

function mayBeEmpty(operation: ApiOperation): boolean {
  const successes = successResponses(operation);
  return (
    successes.every(({ media }) => media.length === 0) ||
    successes.some(({ status, media }) => media.length === 0 && !hasNoBody(status))
  );
}
