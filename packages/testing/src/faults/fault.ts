import type { ScriptedResponse } from "../http/encode-response.js";

/** How much of a response is sent before its connection is reset or stalls. */
export type ResponseProgress =
  /** Nothing. */
  | "request"
  /** The status and the headers, but no byte of the body. */
  | "headers"
  /** The status, the headers and half of the body. */
  | "half-body";

/** What goes wrong with one response. */
export type Fault =
  /** Another response instead of the provider's: an outage, a rate limit, the error page of a proxy, an empty 204. */
  | ({ readonly kind: "response" } & ScriptedResponse)
  /** The provider's response, late: set `delayMs`. */
  | { readonly kind: "latency"; readonly delayMs: number }
  /** The connection is closed (`reset`), or stays open without further data (`stall`), after a part of the response. */
  | { readonly kind: "reset" | "stall"; readonly after: Exclude<ResponseProgress, "request"> }
  /** The same before the response. `applied`: the provider processed the request before, and its response is lost. @default false */
  | { readonly kind: "reset" | "stall"; readonly after: "request"; readonly applied?: boolean }
  /** Valid HTTP with half of the body: JSON that does not parse. */
  | { readonly kind: "truncate" }
  /** A `content-length` that differs from the length of the body `by` this many bytes; then the connection is closed. */
  | { readonly kind: "wrong-length"; readonly by: number }
  /** The body in chunks of `chunkBytes`, one every `everyMs`. */
  | { readonly kind: "drip"; readonly chunkBytes: number; readonly everyMs: number }
  /** A small gzip body that decodes to a JSON string of this many bytes. */
  | { readonly kind: "gzip-bomb"; readonly decodedBytes: number };

/** The requests that a fault applies to; each member that is set must match. */
export interface RequestMatcher {
  readonly method?: string;
  /** The path as sent, or the path template of the document. */
  readonly path?: string;
  /** `POST /v1/customers`, or the operation id of the document. */
  readonly operation?: string;
}

/** A fault, and the requests that it applies to. */
export type ScriptedFault = Fault & {
  /** @default any request */
  readonly on?: RequestMatcher;
  /** The number of requests that it applies to; `Infinity` for all. @default 1 */
  readonly times?: number;
  /** The delay before the response, in milliseconds. @default 0 */
  readonly delayMs?: number;
};
