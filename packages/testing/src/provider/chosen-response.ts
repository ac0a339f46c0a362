import type { DocumentOperation } from "../document/operation.js";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import { isObject } from "../json/json-object.js";
import { objectIdOf, writeTo } from "../objects/representations.js";
import { createSampler } from "../schema/sampler.js";
import { createSchemaTools } from "../schema/schema-tools.js";
import { isJsonContent, successResponse } from "./documented-responses.js";
import type { ErrorResponder } from "./error-response.js";
import type { Resources } from "./resources.js";

/** Which of its documented responses an operation has. */
export interface ChosenResponse {
  /** A status of the document. @default that of a success */
  readonly status?: number | undefined;
  /** The member of a union that the response is, or has: the name of its schema (`deleted_customer`), or the only value of one of its members (`card`). */
  readonly variant?: string | undefined;
  /** Members of the body; the others are sampled. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How many requests get it. @default all */
  readonly times?: number | undefined;
}

/** The parameters of a path, from which an object has its id. */
type PathParameters = Readonly<Record<string, string>>;

/** Makes the response to a request. */
export type MakeChosenResponse = (params: PathParameters) => EncodedResponse;

/** The members of both; those of the second replace others. */
function merge(one: unknown, other: unknown): unknown {
  if (!isObject(one) || !isObject(other)) return other === undefined ? one : other;
  const members = Object.entries(other).map(([name, value]) => [
    name,
    merge(Object.hasOwn(one, name) ? one[name] : undefined, value),
  ]);
  return { ...one, ...Object.fromEntries(members) };
}

function checkStatus(operation: DocumentOperation, status: number): void {
  const known = [...operation.responses().keys()];
  const range = `${String(status).charAt(0)}XX`;
  if (known.some((one) => one === String(status) || one.toUpperCase() === range)) return;
  // `default` stands for errors, and for a success where there is no other response.
  if (known.includes("default") && (status >= 400 || status === successResponse(operation).status)) return;
  throw new Error(`${operation.id} has no status ${status} in the document, but ${known.join(", ")}`);
}

/**
 * Prepares a documented response of an operation. Throws an Error for a status or a member of a union that the document does not have,
 * and for a body that is invalid in its schema.
 */
export function chooseResponse(
  operation: DocumentOperation,
  chosen: ChosenResponse,
  { resources, respondWithError }: { readonly resources: Resources; readonly respondWithError: ErrorResponder },
): MakeChosenResponse {
  const { status = successResponse(operation).status, variant, body: members, headers = {} } = chosen;
  checkStatus(operation, status);
  if (status >= 400) {
    const problem = { code: "chosen_response", message: `${operation.id}: the test has chosen the status ${status}` };
    return () => {
      const error = respondWithError({ operation, status, problem });
      const body = merge(JSON.parse(new TextDecoder().decode(error.body)), members);
      return encodeResponse({ status: error.status, headers: { ...error.headers, ...headers }, body });
    };
  }
  const contents = operation.responses().get(String(status)) ?? [];
  const content = contents.find(isJsonContent) ?? successResponse(operation).content;
  if (content === undefined || !isJsonContent(content)) {
    const asked = variant !== undefined || members !== undefined;
    if (asked) throw new Error(`${operation.id} has no JSON with the status ${status} in the document`);
    return () => encodeResponse({ status, headers });
  }
  const view = operation.schemas.response;
  const schema = view.convert(content.schema);
  const seen = new Set<string>();
  const sampled = createSampler(view, variant === undefined ? undefined : { variant, seen })(schema, 1);
  if (variant !== undefined && !seen.has(variant)) {
    const known = seen.size === 0 ? "there is no union" : `there are ${[...seen].join(", ")}`;
    throw new Error(`the response of ${operation.id} has no variant ${variant} in the document: ${known}`);
  }
  const body = merge(sampled, members);
  const errors = view.validate(body, schema);
  if (errors.length > 0) throw new Error(`the response of ${operation.id} is invalid: ${errors.join("; ")}`);
  const { parameter } = resources.of(operation);
  return (params) => {
    const value = parameter === undefined ? undefined : params[parameter];
    // An id of its own is kept.
    const id = value === undefined || objectIdOf(members, parameter) !== undefined ? undefined : { parameter, value };
    const context = { view, tools: createSchemaTools()(view), schema };
    const own = id === undefined ? body : writeTo(context, body, { changes: undefined, id });
    return encodeResponse({ status, headers, body: own });
  };
}
