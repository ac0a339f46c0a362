import type { ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import { isObject } from "../json/json-object.js";
import { getAtPath, setAtPath } from "../json/json-path.js";
import type { Problem } from "../request/problem.js";
import type { SchemaObject } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import { errorContent } from "./documented-responses.js";
import { type BodyMember, errorMarkers } from "./error-markers.js";
import type { RequestIds } from "./request-ids.js";

/** An error, from which its response is made. */
export interface ProviderError {
  /** The operation whose documented error the body is based on. */
  readonly operation: DocumentOperation | undefined;
  readonly status: number;
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of the body in addition to its message and code. */
  readonly members?: readonly BodyMember[];
}

/** Creates the response of an error in the provider's format. */
export type ErrorResponder = (error: ProviderError) => EncodedResponse;

/** What an error is about, for the choice of an enumerated value. */
interface ErrorKind {
  readonly status: number;
  readonly code: string;
}

const maxMessageLength = 2_000;

/** Words that an enumerated error type may contain, the most specific first: `idempotency_error`. */
function keywordsOf({ status, code }: ErrorKind): readonly string[] {
  const specific = status === 401 ? ["authentication", "unauthorized", "unauthenticated", "auth"] : code.split("_");
  return [...specific, "invalid", "request", "validation"];
}

/** The choice with the most specific keyword; the first choice where no choice has a keyword. */
function closest(choices: readonly unknown[], kind: ErrorKind): unknown {
  const contains = (choice: unknown, word: string) =>
    String(choice)
      .toLowerCase()
      .split(/[^a-z]+/)
      .includes(word);
  const word = keywordsOf(kind).find((one) => choices.some((choice) => contains(choice, one)));
  return word === undefined ? choices[0] : choices.find((choice) => contains(choice, word));
}

/** Creates error responses from the paths of the profile, on top of the error body that the document requires. */
export function createErrorResponder(
  profile: ProviderProfile,
  tools: SchemaToolsOf,
  requestIds: RequestIds,
): ErrorResponder {
  const { message: messagePath, code: codePath, statuses } = profile.errors;
  const markers = errorMarkers(profile);

  /** A code that the profile maps to the status; else one that it maps to no status; in a numeric member the status. */
  const codeValue = (schema: SchemaObject | undefined, kind: ErrorKind): unknown => {
    const mapped = Object.entries(statuses ?? {}).filter(([, status]) => status === kind.status);
    if (mapped.length > 0)
      return closest(
        mapped.map(([name]) => name),
        kind,
      );
    const unmapped = (schema?.enum ?? []).filter((name) => typeof name !== "string" || statuses?.[name] === undefined);
    if (unmapped.length > 0) return closest(unmapped, kind);
    return schema?.type === "integer" || schema?.type === "number" ? kind.status : kind.code;
  };

  const documentedBody = (
    operation: DocumentOperation | undefined,
    kind: ErrorKind,
  ): { body: unknown; codeSchema: SchemaObject | undefined } => {
    const content = errorContent(operation, kind.status);
    if (operation === undefined || content === undefined) return { body: {}, codeSchema: undefined };
    const view = operation.schemas.response;
    const { sample, schemaAt } = tools(view);
    const schema = view.convert(content.schema);
    try {
      const sampled = sample(schema, 0, "minimal");
      const parent = messagePath.slice(0, -1);
      const body = isObject(sampled) ? { ...sampled } : {};
      const siblings = getAtPath(body, parent);
      // Enumerated members next to the message must match the error.
      for (const [name, value] of Object.entries(isObject(siblings) ? siblings : {})) {
        const choices = schemaAt(schema, [...parent, name])?.enum;
        if (choices !== undefined) setAtPath(body, [...parent, name], closest(choices, kind));
        else if (name === "status" && typeof value === "number") setAtPath(body, [...parent, name], kind.status);
      }
      return { body, codeSchema: codePath === undefined ? undefined : schemaAt(schema, codePath) };
    } catch {
      // The documented error has no valid sample: the paths of the profile are sufficient.
      return { body: {}, codeSchema: undefined };
    }
  };

  return ({ operation, status, problem, headers = {}, members = [] }) => {
    const kind = { status, code: problem.code };
    const { body, codeSchema } = documentedBody(operation, kind);
    let error = setAtPath(body, messagePath, problem.message.slice(0, maxMessageLength));
    if (codePath !== undefined) error = setAtPath(error, codePath, codeValue(codeSchema, kind));
    for (const { at, value } of markers) error = setAtPath(error, at, value);
    const requestId = requestIds.inBody();
    if (requestId !== undefined) error = setAtPath(error, requestId.at, requestId.value);
    for (const { at, value } of members) error = setAtPath(error, at, value);
    // A provider whose codes stand for statuses sends its errors with status 200.
    const sentStatus = statuses !== undefined && status < 429 ? 200 : status;
    return encodeResponse({ status: sentStatus, headers, body: error });
  };
}
