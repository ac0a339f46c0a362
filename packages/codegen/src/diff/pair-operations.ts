import { stringIn } from "../generate/document/json.js";
import { type NamedOperation, operationKey } from "../generate/operations/api-operation.js";
import type { Versions } from "./changes/versions.js";

/** The operations that both versions have, and those that only one of them has. */
export interface PairedOperations {
  readonly pairs: readonly Versions<NamedOperation>[];
  readonly removed: readonly NamedOperation[];
  readonly added: readonly NamedOperation[];
}

/** Where an operation sends its requests, whatever its path parameters are called: `GET /pets/{}`. */
export function requestShape({ method, path }: Pick<NamedOperation, "method" | "path">): string {
  return `${method} ${path.replace(/\{[^{}]*\}/g, "{}")}`;
}

/**
 * Pairs the operations of two versions: by method and path, by a path that only names its parameters in another way, and by an
 * operationId that each version has once.
 */
export function pairOperations({ old, new: current }: Versions<readonly NamedOperation[]>): PairedOperations {
  const pairs: Versions<NamedOperation>[] = [];
  let [removed, added] = [old, current];
  for (const keyOf of [operationKey, requestShape, operationId]) {
    const candidates = uniqueBy(added, keyOf);
    const own = uniqueBy(removed, keyOf);
    const found = [...own].flatMap(([key, before]): Versions<NamedOperation>[] => {
      const after = candidates.get(key);
      return after === undefined ? [] : [{ old: before, new: after }];
    });
    const paired = new Set(found.flatMap((pair) => [pair.old, pair.new]));
    pairs.push(...found);
    removed = removed.filter((operation) => !paired.has(operation));
    added = added.filter((operation) => !paired.has(operation));
  }
  return { pairs, removed, added };
}

function operationId({ json }: NamedOperation): string | undefined {
  return stringIn(json, "operationId");
}

function uniqueBy(
  operations: readonly NamedOperation[],
  keyOf: (operation: NamedOperation) => string | undefined,
): ReadonlyMap<string, NamedOperation> {
  const found = new Map<string, NamedOperation>();
  const repeated = new Set<string>();
  for (const operation of operations) {
    const key = keyOf(operation);
    if (key === undefined) continue;
    if (found.has(key)) repeated.add(key);
    found.set(key, operation);
  }
  return new Map([...found].filter(([key]) => !repeated.has(key)));
}
