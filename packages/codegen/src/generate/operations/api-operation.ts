import type { LoadedDocument } from "../../document/loaded-document.js";
import type { JsonObject } from "../document/json.js";

/** The methods that a client has; TRACE is the one left out. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

/** A method that operations are called by. */
export type Method = (typeof METHODS)[number];

/** A parameter that the caller gives. */
export interface ApiParameter {
  readonly place: "path" | "query" | "header";
  readonly name: string;
  readonly required: boolean;
  /** The parameter object, references followed. */
  readonly json: JsonObject;
  /** As the document has it: the parameter object, or a reference to it. */
  readonly source: JsonObject;
}

/** A body that the caller gives. */
export interface ApiBody {
  readonly required: boolean;
  /** The request body object, references followed. */
  readonly json: JsonObject;
  /** As the document has it: the request body object, or a reference to it. */
  readonly source: JsonObject;
}

/** One operation of a document, with what its path says folded into it. */
export interface ApiOperation {
  readonly document: LoadedDocument;
  readonly method: Method;
  readonly path: string;
  /** The operation object. */
  readonly json: JsonObject;
  readonly parameters: readonly ApiParameter[];
  readonly body: ApiBody | undefined;
  /** Servers of its own: the operation's, else its path's. */
  readonly servers: readonly unknown[];
}

/** An operation under the name that it is exported by. */
export interface NamedOperation extends ApiOperation {
  readonly name: string;
}

/** `POST /v1/customers`: what facts and messages call it. */
export function operationKey(operation: Pick<ApiOperation, "method" | "path">): string {
  return `${operation.method} ${operation.path}`;
}
