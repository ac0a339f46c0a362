import type { ApiErrorName } from "@connectry/core";
import type { ApiOperation } from "../operations/api-operation.js";
import { failureResponses } from "../operations/response-media.js";
import { writePageType } from "./body-type.js";

// As `client/create-api-error.ts` of core has it; error-type.test.ts compares both.
const classes: Readonly<Record<string, ApiErrorName>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
};
const ofRange: Readonly<Record<string, readonly ApiErrorName[]>> = {
  "3": ["ApiError"],
  "4": [...Object.values(classes), "ApiError"],
  "5": ["InternalServerError"],
};
/** These have several statuses, so that what an operation says of one of them says nothing about the others. */
const ofSeveral: ReadonlySet<ApiErrorName> = new Set(["ApiError", "InternalServerError"]);

/** The class of the errors with a status. */
export function errorClassOf(status: number): ApiErrorName {
  return classes[status] ?? (status >= 500 ? "InternalServerError" : "ApiError");
}

/** A type, and the names that it takes from core. */
export interface ErrorType {
  readonly type: string;
  readonly imports: readonly string[];
}

/**
 * The type of an operation's error responses: a class for each status with the body that the document has for it, and for all other
 * statuses the body of `default`, or unknown. A class of several statuses has the bodies that the document has for any of them.
 */
export function writeErrorType(operationType: string, operation: ApiOperation): ErrorType {
  // RFC 9110, section 9.3.2: a response to HEAD has no body.
  if (operation.method === "HEAD") return { type: "AnyApiError<undefined>", imports: ["AnyApiError"] };
  const bodies = new Map<ApiErrorName, Set<string>>();
  const add = (name: ApiErrorName, types: readonly string[]) =>
    bodies.set(name, new Set([...(bodies.get(name) ?? []), ...types]));
  const responses = failureResponses(operation).map(({ status, media }) => ({
    status,
    // What is not JSON is the text of the response.
    types: media.map((type) => (type.kind === "json" ? writePageType(operationType, status, type) : "string")),
  }));

  for (const { status, types } of responses) if (/^\d+$/.test(status)) add(errorClassOf(Number(status)), types);
  const named = new Set(bodies.keys());
  const isOpen = (name: ApiErrorName) => ofSeveral.has(name) || !named.has(name);
  for (const { status, types } of responses)
    if (/^\dXX$/i.test(status)) for (const name of (ofRange[status.charAt(0)] ?? []).filter(isOpen)) add(name, types);
  const others = responses.find(({ status }) => status === "default")?.types ?? [];
  for (const name of bodies.keys()) if (ofSeveral.has(name)) add(name, others);
  return writeUnion(bodies, others);
}

function writeUnion(bodies: ReadonlyMap<ApiErrorName, ReadonlySet<string>>, others: readonly string[]): ErrorType {
  const typeOf = (types: Iterable<string>) => [...types].join(" | ") || "unknown";
  // A status without a body of its own says nothing about the others of its class, but is not one of those that `default` describes.
  const isKnown = ([name, types]: [ApiErrorName, ReadonlySet<string>]) =>
    types.size > 0 || (others.length > 0 && !ofSeveral.has(name));
  const known = [...bodies].filter(isKnown);
  const nameOf = (name: ApiErrorName) => (name === "ApiError" ? "OtherStatusError" : name);
  const members = known.map(([name, types]) => `${nameOf(name)}<${typeOf(types)}>`);
  const without = known.map(([name]) => `"${name}"`).join(" | ");
  if (members.length === 0 && others.length === 0) return { type: "AnyApiError", imports: ["AnyApiError"] };
  return {
    type: [...members, `AnyApiError<${typeOf(others)}${without && `, ${without}`}>`].join(" | "),
    imports: ["AnyApiError", ...known.map(([name]) => nameOf(name))],
  };
}
