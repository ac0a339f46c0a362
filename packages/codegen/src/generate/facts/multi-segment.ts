import { compareText, fieldOf } from "../document/json.js";
import type { ApiOperation } from "../operations/api-operation.js";

/** Path parameters whose values contain slashes. */
export interface MultiSegment {
  /** The names of those that do so in most operations. */
  readonly everywhere: readonly string[];
  /** Those of one operation, if `everywhere` is not right for it. */
  exceptionOf(operation: ApiOperation): readonly string[] | undefined;
}

/**
 * Finds the parameters that documents mark with `x-multi-segment`. Most are listed once, by name, because GitHub's
 * `{ref}` has slashes in fifty operations.
 */
export function findMultiSegment(operations: readonly ApiOperation[]): MultiSegment {
  const votes = new Map<string, number>();
  for (const operation of operations) {
    const marked = markedOf(operation);
    for (const name of pathParametersOf(operation))
      votes.set(name, (votes.get(name) ?? 0) + (marked.includes(name) ? 1 : -1));
  }
  const everywhere = [...votes].filter(([, vote]) => vote > 0).map(([name]) => name);
  return {
    everywhere: everywhere.sort(compareText),
    exceptionOf: (operation) => {
      const marked = markedOf(operation);
      const listed = pathParametersOf(operation).filter((name) => everywhere.includes(name));
      const isRight = listed.length === marked.length && listed.every((name) => marked.includes(name));
      return isRight ? undefined : marked;
    },
  };
}

function pathParametersOf(operation: ApiOperation): string[] {
  return operation.parameters.filter(({ place }) => place === "path").map(({ name }) => name);
}

function markedOf(operation: ApiOperation): string[] {
  const marked = operation.parameters.filter(
    ({ place, json }) => place === "path" && fieldOf(json, "x-multi-segment") === true,
  );
  return marked.map(({ name }) => name);
}
