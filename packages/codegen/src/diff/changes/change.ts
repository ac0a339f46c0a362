import type { Level } from "../rules/rule.js";

/** What changed: the operation itself, what callers send to it, or what it returns. */
export type Side = "operation" | "request" | "response";

/** Which calls of an operation a change breaks, as far as their source shows it. */
export type AffectedCalls =
  /** Every call. */
  | { readonly kind: "all" }
  /** Calls that pass this member of `params` or `body`. */
  | { readonly kind: "passing"; readonly name: string; readonly location: ArgumentLocation }
  /** Calls that omit this member. */
  | { readonly kind: "omitting"; readonly name: string; readonly location: ArgumentLocation }
  /** Calls that pass this value. */
  | { readonly kind: "passing-value"; readonly value: unknown }
  /** The source does not show it: it depends on computed values, or on what the caller does with the response. */
  | { readonly kind: "unknown" };

/** Where in the arguments of a call a member is. `nested`: anywhere inside the body; `headers`: the headers of the call itself. */
export type ArgumentLocation = "path" | "query" | "header" | "cookie" | "headers" | "body" | "nested";

/** One difference between two versions of the documents. */
export interface Change {
  /** The name of the rule that gave the level: `parameter-became-required`. */
  readonly rule: string;
  readonly level: Level;
  readonly side: Side;
  /** What it belongs to: `GET /pets`, or `schema Pet` where several operations share the schema. */
  readonly owner: string;
  /** Where in the owner: `query parameter limit`; empty for all of it. */
  readonly location: string;
  /** What happened: `is now required`. */
  readonly text: string;
  /** The operations that the change affects, as `METHOD /path`. */
  readonly operations: readonly string[];
  readonly affectedCalls: AffectedCalls;
}
