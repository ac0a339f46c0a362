import { GraphqlUserError } from "../errors/graphql-user-error.js";
import { redactError } from "../pipeline/redact-error.js";
import type { Reply } from "../pipeline/reply.js";
import { type JsonPath, readPath } from "../platform/json-path.js";
import { requestIdOf } from "./create-graphql-error.js";

const maxNames = 3;
const isName = (value: unknown): value is string | number => /^\w{1,64}$/.test(`${value}`);

/** Where the result of a mutation has its user errors, by their names: Shopify also has `mediaUserErrors` and others. */
function findUserErrors(data: object): JsonPath[] {
  return Object.entries(data).flatMap(([field, result]) =>
    Object.keys(Object(result))
      .filter((name) => /userErrors$/i.test(name))
      .map((name) => [field, name]),
  );
}

/** `TAKEN at input.title`: names only, because anything else may repeat what was sent. */
function nameOf(item: unknown): string {
  const { code, field } = Object(item) as { readonly code?: unknown; readonly field?: unknown };
  const name = typeof code === "string" && isName(code) ? code : "a user error";
  return Array.isArray(field) && field.length > 0 && field.every(isName) ? `${name} at ${field.join(".")}` : name;
}

/** A mutation whose result may have user errors. */
export interface MutationResult {
  /** `POST /graphql`. */
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly data: unknown;
  /** Where they are. @default found by their names */
  readonly places: readonly JsonPath[] | undefined;
}

/** The error that represents the user errors of a mutation; undefined where it has none. */
export function createUserError(
  { operation, operationName, data, places = findUserErrors(Object(data)) }: MutationResult,
  { headers, attempts, idempotencyKey, redact }: Reply,
): GraphqlUserError | undefined {
  const userErrors = places
    .map((place) => readPath(data, place))
    .filter(Array.isArray)
    .flat();
  if (userErrors.length === 0) return undefined;
  const names = userErrors.slice(0, maxNames).map(nameOf);
  if (userErrors.length > maxNames) names.push(`${userErrors.length - maxNames} more`);
  const requestId = requestIdOf(headers);
  const request = requestId ? ` Request ${requestId}.` : "";
  const text = `${operationName ?? "the mutation"} was rejected: ${names.join(", ")}.${request} \`userErrors\` says what to correct.`;
  // A mutation of several fields, or of many objects, may be applied in part.
  const init = { operation, attempts, idempotencyKey, userErrors, data, requestId, outcome: "unknown" } as const;
  return redactError(new GraphqlUserError(text, init), redact);
}
