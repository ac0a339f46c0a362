import type { SourceCalls } from "../diff/usage/read-source-calls.js";
import type { OperationScopes } from "./read-scopes.js";

/** An operation, and where sources call it. */
export interface CalledOperation extends OperationScopes {
  /** `src/app.ts:10`. */
  readonly calls: readonly string[];
}

/** What the calls of sources need. */
export interface NeededScopes {
  readonly operations: readonly CalledOperation[];
  /** The scopes that are needed in any case. */
  readonly scopes: readonly string[];
  /** Sets of which one is enough, each for other operations. */
  readonly oneOf: readonly (readonly (readonly string[])[])[];
}

/** The operations that sources call, with their scopes. Calls of paths that the document does not have are those of other clients. */
export function scopesOfCalls(all: readonly OperationScopes[], sources: readonly SourceCalls[]): NeededScopes {
  const calls = new Map<OperationScopes, string[]>();
  for (const { file, calls: found } of sources) {
    for (const { method, path, line } of found) {
      for (const operation of all) {
        const isCalled = operation.method === method || (method === "paginate" && isListMethod(operation.method));
        if (operation.path === path && isCalled)
          calls.set(operation, [...(calls.get(operation) ?? []), `${file}:${line}`]);
      }
    }
  }
  const called = all.flatMap((operation) => {
    const at = calls.get(operation);
    return at ? [{ ...operation, calls: at }] : [];
  });
  return summarize(called);
}

/** What operations need together. */
export function summarize(operations: readonly CalledOperation[]): NeededScopes {
  const scopes = new Set(
    operations.flatMap(({ alternatives }) => (alternatives.length === 1 ? alternatives.flat() : [])),
  );
  const open = operations.filter(
    ({ alternatives }) => alternatives.length > 1 && !alternatives.some((set) => set.every((one) => scopes.has(one))),
  );
  const oneOf = new Map(open.map(({ alternatives }) => [JSON.stringify(alternatives), alternatives]));
  return { operations, scopes: [...scopes].sort(), oneOf: [...oneOf.values()] };
}

// The source of `paginate` shows only the path.
const isListMethod = (method: string) => method === "GET" || method === "POST";
