import type { Operation } from "../../pipeline/call.js";
import type { ConnectorInternals } from "../internals.js";
import type { FindOperation } from "../operations.js";
import type { ToFetchOptions } from "./fetch-options.js";
import { createTemplateIndex } from "./template-index.js";

// A connector keeps some state for each operation, so there must be an end of them: more than any document has.
const maxOperations = 2_000;

/** Whether a segment of a path names a version, such as `v1` or `2010-04-01`, or a word, such as `oauth2`. */
const isLiteral = (segment: string) => /^(v\d+([.\w]*)|\d{4}-\d{2}(-\d{2})?|[a-z]+\d)$/i.test(segment);

/** A path without what looks like the value of a parameter: every segment with a digit, a percent sign or an at sign. */
function withoutIds(path: string): string {
  return path.replace(/[^/]*[\d%@][^/]*/g, (segment) => (isLiteral(segment) ? segment : "{}"));
}

/**
 * Creates the function that finds the operation of a path whose parameters are filled in: by the templates of the facts and
 * of `operations`, else by the path without its ids. It returns a bounded number of operations, whatever the paths are.
 */
export function createOperationByPath(
  { operationOf, facts }: ConnectorInternals,
  operations: ToFetchOptions["operations"] = {},
): FindOperation {
  const indexes = new Map<string, ReturnType<typeof createTemplateIndex>>();
  const add = (method: string, path: string) => {
    const index = indexes.get(method) ?? createTemplateIndex();
    indexes.set(method, index);
    index.add(path, operationOf(method, path).multiSegment);
  };
  for (const id of Object.keys(facts.operations)) {
    const [method = "", path = ""] = id.split(" ", 2);
    add(method, path);
  }
  for (const [path, { method = "GET" }] of Object.entries(facts.pages)) add(method, path);
  for (const { method, path } of Object.values(operations)) add(method, path);

  const known = new Set<string>();
  return (method, path): Operation => {
    const template = indexes.get(method)?.find(path);
    if (template !== undefined) return operationOf(method, template);
    let name = withoutIds(path);
    const id = `${method} ${name}`;
    if (known.size < maxOperations) known.add(id);
    else if (!known.has(id)) name = "/{}";
    return operationOf(method, name);
  };
}
