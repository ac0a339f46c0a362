/** What a change does to callers. `breaking`: code that compiled or worked may not. `invisible`: nobody notices. */
export type Level = "breaking" | "additive" | "invisible";

/** Who is told something by what changed: the provider by a request, the caller by a response, or both by the operation. */
export type Side = "operation" | "request" | "response";

/** How a call site shows whether a change breaks it. */
export type Sign =
  /** Whoever calls the operation is broken. */
  | { readonly kind: "always" }
  /** Whoever gives this member of `params` or `body` is broken. */
  | { readonly kind: "gives"; readonly name: string; readonly place: RequestPlace }
  /** Whoever leaves this member out is broken. */
  | { readonly kind: "omits"; readonly name: string; readonly place: RequestPlace }
  /** Whoever gives this value is broken. */
  | { readonly kind: "value"; readonly value: unknown }
  /** A call site does not show it: what it does with the answer, or which values it computes, decides. */
  | { readonly kind: "unknown" };

/** A part of a call's arguments. `nested` is anywhere in the body. */
export type RequestPlace = "path" | "query" | "header" | "body" | "nested";

/** One thing that differs between two documents. */
export interface Change {
  /** The rule that judges it: `parameter-became-required`. */
  readonly rule: string;
  readonly level: Level;
  readonly side: Side;
  /** Where: `GET /pets`, or `schema Pet` where operations share it. */
  readonly owner: string;
  /** What within it: ``query parameter `limit` ``; empty for the whole. */
  readonly place: string;
  /** What happened to it: `is now required`. */
  readonly text: string;
  /** The operations that it reaches, by `METHOD /path`. */
  readonly operations: readonly string[];
  readonly sign: Sign;
}
