import { compareText, fieldOf } from "../document/json.js";
import type { ApiOperation } from "../operations/api-operation.js";

/** Path parameters that hold slashes of their own. */
export interface MultiSegment {
  /** Those that do so wherever they stand, or nearly. */
  readonly everywhere: readonly string[];
  /** Those of one operation, where `everywhere` does not tell them right. */
  exceptionOf(operation: ApiOperation): readonly string[] | undefined;
}

/**
 * Finds the parameters that the documents mark with `x-multi-segment`, and tells most of them once: GitHub's `{ref}`
 * holds slashes in fifty operations.
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
      const told = pathParametersOf(operation).filter((name) => everywhere.includes(name));
      const isTold = told.length === marked.length && told.every((name) => marked.includes(name));
      return isTold ? undefined : marked;
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
