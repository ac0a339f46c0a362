import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, compareText, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import { type ApiBody, type ApiOperation, METHODS, type Method } from "./api-operation.js";
import { readParameters } from "./read-parameters.js";
import type { SetByClient } from "./set-by-client.js";

/**
 * Every operation of a document, sorted by path and method. `setByClient` names the parameters that the client itself
 * sends.
 */
export function readOperations(document: LoadedDocument, setByClient: SetByClient): ApiOperation[] {
  const operations: ApiOperation[] = [];
  for (const [path, entry] of Object.entries(objectIn(document.json, "paths"))) {
    const item = followReference(document, entry);
    // `x-...` keys are extensions, not paths.
    if (!path.startsWith("/") || !isJsonObject(item)) continue;
    for (const method of METHODS) {
      const json = followReference(document, fieldOf(item, method.toLowerCase()));
      if (isJsonObject(json)) operations.push(readOperation(document, { method, path, item, json }, setByClient));
    }
  }
  return operations.sort(compareOperations);
}

/** Compares operations by path, then by method. */
export function compareOperations(a: Pick<ApiOperation, "method" | "path">, b: typeof a): number {
  return compareText(a.path, b.path) || compareText(a.method, b.method);
}

/** An operation object, and the path item object that it is in. */
interface OperationSource {
  readonly method: Method;
  readonly path: string;
  readonly item: JsonObject;
  readonly json: JsonObject;
}

function readOperation(
  document: LoadedDocument,
  { method, path, item, json }: OperationSource,
  setByClient: SetByClient,
): ApiOperation {
  const declared = [...arrayIn(item, "parameters"), ...arrayIn(json, "parameters")];
  const own = arrayIn(json, "servers");
  return {
    document,
    method,
    path,
    json,
    parameters: readParameters(document, { path, declared }, setByClient),
    body: readBody(document, method, json),
    servers: own.length > 0 ? own : arrayIn(item, "servers"),
  };
}

function readBody(document: LoadedDocument, method: Method, operation: JsonObject): ApiBody | undefined {
  // A body of a GET or HEAD has no meaning (RFC 9110, section 9.3.1), and fetch does not send one.
  if (method === "GET" || method === "HEAD") return undefined;
  const source = fieldOf(operation, "requestBody");
  const json = followReference(document, source);
  if (!isJsonObject(source) || !isJsonObject(json)) return undefined;
  const required = fieldOf(json, "required") === true;
  const media = Object.values(objectIn(json, "content"));
  if (media.length === 0) return undefined;
  // Stripe's document declares a form without fields for every DELETE.
  if (method === "DELETE" && !required && media.every((type) => isEmptyForm(document, type))) return undefined;
  return { required, json, source };
}

function isEmptyForm(document: LoadedDocument, media: unknown): boolean {
  const schema = followReference(document, fieldOf(media, "schema"));
  return (
    stringIn(schema, "type") === "object" &&
    isJsonObject(fieldOf(schema, "properties")) &&
    Object.keys(objectIn(schema, "properties")).length === 0 &&
    !isJsonObject(fieldOf(schema, "additionalProperties")) &&
    !["allOf", "anyOf", "oneOf"].some((keyword) => fieldOf(schema, keyword) !== undefined)
  );
}
