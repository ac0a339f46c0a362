import type { Requirement } from "./read-requirements.ts";

/** The mismatches between the requirements and the numbers that tests name, a sentence for each. */
export function findMismatches(requirements: readonly Requirement[], named: ReadonlySet<string>): string[] {
  const ids = requirements.map(({ id }) => id);
  const defined = new Set(ids);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is defined twice`),
    ...[...named].filter((id) => !defined.has(id)).map((id) => `${id} is named by a test and not defined`),
    ...requirements
      .filter(({ id, isMarked }) => isMarked && named.has(id))
      .map(({ id }) => `${id} is marked as not yet tested, and a test names it`),
    ...requirements
      .filter(({ id, isMarked }) => !isMarked && !named.has(id))
      .map(({ id }) => `${id} is named by no test, and not marked as not yet tested`),
  ];
}
