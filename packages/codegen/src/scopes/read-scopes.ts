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
 * requirement are needed together, and one requirement is enough. Schemes that call themselves legacy count where there are no others. Where
 * no requirement has scopes, as schemes of API keys cannot, they are those of an extension such as Klaviyo's `x-klaviyo-scopes`.
 */
export function readScopes(operation: ApiOperation): OperationScopes {
  const { method, path } = operation;
  const security = requirementsOf(operation);
  const requirements = (security ?? []).map((requirement) =>
    Object.keys(requirement).map((scheme) => ({ scheme, scopes: arrayIn(requirement, scheme) })),
  );
  const scoped = requirements.filter((schemes) => schemes.some(({ scopes }) => scopes.length > 0));
  const current = scoped.filter((schemes) => !schemes.some(({ scheme }) => /legacy/i.test(scheme)));
  const named = (current.length > 0 ? current : scoped).map((schemes) =>
    schemes.flatMap(({ scopes }) => scopes.map(String)),
  );
  const sets = (named.length > 0 || security?.length === 0 ? named : extensionScopes(operation)).map((scopes) =>
    [...new Set(scopes)].sort(),
  );
  return { method, path, alternatives: [...new Map(sets.map((set) => [set.join(" "), set])).values()].sort(bySize) };
}

/** The scopes of extensions whose names end with the word. */
function extensionScopes({ json }: ApiOperation): string[][] {
  return Object.keys(json)
    .filter((name) => /^x-([\w-]+-)?scopes$/i.test(name))
    .map((name) => arrayIn(json, name).filter((scope) => typeof scope === "string"))
    .filter((scopes) => scopes.length > 0);
}

function bySize(a: readonly string[], b: readonly string[]): number {
  return a.length - b.length || (a.join(" ") < b.join(" ") ? -1 : 1);
}
