import type { AnswerInit } from "../server/answer.js";

/** How far an answer gets before its connection is cut or falls silent. */
export type Progress =
  /** Nothing is answered. */
  | "request"
  /** Status and headers, and not one byte of the body. */
  | "headers"
  /** Status, headers, and half of the body. */
  | "half-body";

/** What goes wrong with one answer, as data. */
export type Fault =
  /** Another answer in the provider's place: an outage, a rate limit, a proxy's error page, an empty 204. */
  | ({ readonly kind: "answer" } & AnswerInit)
  /** The right answer, late: give `delayMs`. */
  | { readonly kind: "latency"; readonly delayMs: number }
  /** The connection is cut (`reset`), or stays open and nothing more comes (`stall`), after a part of the answer. */
  | { readonly kind: "reset" | "stall"; readonly after: Exclude<Progress, "request"> }
  /** The same before anything is answered. `applied`: the provider did its work, and its answer is lost. @default false */
  | { readonly kind: "reset" | "stall"; readonly after: "request"; readonly applied?: boolean }
  /** Sound HTTP around half of the body: JSON that does not parse. */
  | { readonly kind: "truncate" }
  /** A `content-length` that is off by so many bytes; the connection ends after the body. */
  | { readonly kind: "wrong-length"; readonly by: number }
  /** The body in small pieces. */
  | { readonly kind: "drip"; readonly chunkBytes: number; readonly everyMs: number }
  /** A small gzip body that decodes to JSON text of so many bytes. */
  | { readonly kind: "gzip-bomb"; readonly decodedBytes: number };

/** Which requests a fault is for; all that is given must hold. */
export interface RequestMatch {
  readonly method?: string;
  /** The path as sent, or the document's template. */
  readonly path?: string;
  /** `POST /v1/customers`, or the document's operation id. */
  readonly operation?: string;
}

/** A fault and when it strikes. */
export type ScriptedFault = Fault & {
  /** @default any request */
  readonly on?: RequestMatch;
  /** How many requests it strikes; `Infinity` for all. @default 1 */
  readonly times?: number;
  /** Waited before anything is answered. @default 0 */
  readonly delayMs?: number;
};
