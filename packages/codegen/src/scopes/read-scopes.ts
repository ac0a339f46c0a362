import { arrayIn } from "../generate/document/json.js";
import { requirementsOf } from "../generate/facts/credentials.js";
import type { ApiOperation } from "../generate/operations/api-operation.js";

/** The scopes of an operation. */
export interface OperationScopes {
  readonly method: ApiOperation["method"];
  readonly path: string;
  /** Any of these sets is enough. Empty where the document names no scopes for the operation. */
  readonly alternatives: readonly (readonly string[])[];
}

/**
 * The scopes that a document names for an operation, by its security requirements (OpenAPI, Security Requirement Object): those of one
 * requirement are needed together, and one requirement is enough. Schemes that call themselves legacy count where there are no others.
 */
export function readScopes(operation: ApiOperation): OperationScopes {
  const { method, path } = operation;
  const requirements = (requirementsOf(operation) ?? []).map((requirement) =>
    Object.keys(requirement).map((scheme) => ({ scheme, scopes: arrayIn(requirement, scheme) })),
  );
  const scoped = requirements.filter((schemes) => schemes.some(({ scopes }) => scopes.length > 0));
  const current = scoped.filter((schemes) => !schemes.some(({ scheme }) => /legacy/i.test(scheme)));
  const sets = (current.length > 0 ? current : scoped).map((schemes) =>
    [...new Set(schemes.flatMap(({ scopes }) => scopes.map(String)))].sort(),
  );
  return { method, path, alternatives: [...new Map(sets.map((set) => [set.join(" "), set])).values()].sort(bySize) };
}

function bySize(a: readonly string[], b: readonly string[]): number {
  return a.length - b.length || (a.join(" ") < b.join(" ") ? -1 : 1);
}
