import { compareText, fieldOf } from "../document/json.js";
import type { ApiOperation, ApiParameter } from "../operations/api-operation.js";

/** Path parameters whose values contain slashes. */
export interface MultiSegment {
  /** The names of those that do so in most operations. */
  readonly everywhere: readonly string[];
  /** Those of one operation, if `everywhere` is not right for it. */
  exceptionOf(operation: ApiOperation): readonly string[] | undefined;
}

/** Whether the document marks a path parameter by GitHub's extension; OpenAPI has no way to do so. */
export function isMultiSegment({ json }: ApiParameter): boolean {
  return fieldOf(json, "x-multi-segment") === true;
}

/**
 * Finds the parameters that documents mark, or whose names the profile lists. Most are listed once, by name, because GitHub's
 * `{ref}` has slashes in fifty operations.
 */
export function findMultiSegment(operations: readonly ApiOperation[], listed: readonly string[]): MultiSegment {
  const markedOf = (operation: ApiOperation) =>
    pathParametersOf(operation)
      .filter((parameter) => isMultiSegment(parameter) || listed.includes(parameter.name))
      .map(({ name }) => name);
  const namesOf = (operation: ApiOperation) => pathParametersOf(operation).map(({ name }) => name);
  const votes = new Map<string, number>();
  for (const operation of operations) {
    const marked = markedOf(operation);
    for (const name of namesOf(operation)) votes.set(name, (votes.get(name) ?? 0) + (marked.includes(name) ? 1 : -1));
  }
  const everywhere = [...votes].filter(([, vote]) => vote > 0).map(([name]) => name);
  return {
    everywhere: everywhere.sort(compareText),
    exceptionOf: (operation) => {
      const marked = markedOf(operation);
      const shared = namesOf(operation).filter((name) => everywhere.includes(name));
      const isRight = shared.length === marked.length && shared.every((name) => marked.includes(name));
      return isRight ? undefined : marked;
    },
  };
}

function pathParametersOf(operation: ApiOperation): ApiParameter[] {
  return operation.parameters.filter(({ place }) => place === "path");
}
