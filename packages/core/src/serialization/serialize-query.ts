import type { Operation } from "../pipeline/call.js";
import type { Pair, Strategies, ValueFormats } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import type { QueryStyle } from "../provider/profile.js";
import { toData } from "./format-value.js";
import { joinPairs, serializeParameter } from "./query-styles.js";

/** How the provider writes a query. */
export interface QueryContext extends ValueFormats {
  readonly styles: NonNullable<Strategies["style"]>;
  /** The style of parameters whose operation names no other. */
  readonly defaultStyle: QueryStyle;
}

/** The query text of an operation, without `?`; empty where there is nothing to send. */
export function serializeQuery(
  operation: Operation,
  query: Readonly<Record<string, unknown>>,
  context: QueryContext,
): string {
  const parameters = Object.entries(toData("query", query, context.formatDate) as object);
  const pairs = parameters.flatMap(([name, value]): readonly Pair[] => {
    // The same in every style.
    if (typeof value === "string") return [[name, value]];
    const style = (readPath(operation.query, [name]) ?? context.defaultStyle) as QueryStyle;
    return serializeParameter({ name, value }, { ...context, style, serialize: context.styles[style], depth: 0 });
  });
  return joinPairs(pairs);
}
