import type { LoadedDocument } from "../../document/loaded-document.js";
import type { JsonObject } from "../document/json.js";

/** The methods that a client has: all of OpenAPI's but TRACE. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

/** The HTTP method of an operation. */
export type Method = (typeof METHODS)[number];

/** A parameter that the caller passes. */
export interface ApiParameter {
  readonly place: "path" | "query" | "header" | "cookie";
  readonly name: string;
  readonly required: boolean;
  /** The parameter object, with its reference resolved. */
  readonly json: JsonObject;
  /** The parameter object or the reference to it, as it is in the document. */
  readonly source: JsonObject;
}

/** A body that the caller passes. */
export interface ApiBody {
  readonly required: boolean;
  /** The request body object, with its reference resolved. */
  readonly json: JsonObject;
  /** The request body object or the reference to it, as it is in the document. */
  readonly source: JsonObject;
}

/** An operation of a document, with the parameters and servers of its path item merged into it. */
export interface ApiOperation {
  readonly document: LoadedDocument;
  readonly method: Method;
  readonly path: string;
  /** The operation object. */
  readonly json: JsonObject;
  readonly parameters: readonly ApiParameter[];
  readonly body: ApiBody | undefined;
  /** The servers of the operation, or else of its path item. */
  readonly servers: readonly unknown[];
}

/** An operation with the name that it is exported under. */
export interface NamedOperation extends ApiOperation {
  readonly name: string;
}

/** `POST /v1/customers`: how facts and messages name an operation. */
export function operationKey(operation: Pick<ApiOperation, "method" | "path">): string {
  return `${operation.method} ${operation.path}`;
}
