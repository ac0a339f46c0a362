import { ApiError, type ApiErrorInit } from "../errors/api-error.js";
import { AuthenticationError } from "../errors/authentication-error.js";
import { BadRequestError } from "../errors/bad-request-error.js";
import { ConflictError } from "../errors/conflict-error.js";
import { InternalServerError } from "../errors/internal-server-error.js";
import { NotFoundError } from "../errors/not-found-error.js";
import { PermissionDeniedError } from "../errors/permission-denied-error.js";
import { RateLimitError } from "../errors/rate-limit-error.js";
import { UnprocessableEntityError } from "../errors/unprocessable-entity-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { replyJson, replyText } from "../pipeline/reply-json.js";
import type { Verdict } from "../retry/classify.js";
import type { ProviderProfile } from "./profile.js";
import { readPath } from "./read-path.js";

const classes: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

const advice: Readonly<Record<number, string>> = {
  401: "Check the credential.",
  403: "The credential may not do this.",
  429: "Send fewer requests, or wait as long as `retryAfterMs` says.",
};

const replies = new WeakMap<ApiError, Reply>();

/** The reply that an error was made from. */
export function replyOf(error: ApiError): Reply | undefined {
  return replies.get(error);
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 500) : undefined;
}

/** Only what may have been executed and then failed is unknown; a refusal was not applied. */
function outcomeOf(operation: Operation, status: number): ApiErrorInit<unknown>["outcome"] {
  return operation.safety !== "safe" && (status >= 500 || status === 408) ? "unknown" : "not-applied";
}

/** The error that an answer stands for, by its status, with what the provider said in its own places. */
export function createApiError(
  profile: ProviderProfile,
  operation: Operation,
  reply: Reply,
  verdict: Verdict,
): ApiError {
  const { status, headers, attempts } = reply;
  const json = replyJson(reply);
  const code = profile.errors.code && scalar(readPath(json, profile.errors.code));
  const said = scalar(readPath(json, profile.errors.message)) ?? (json === undefined ? "the answer is no JSON" : "");
  const requestId = (profile.errors.requestId && headers.get(profile.errors.requestId)) || undefined;
  const outcome = outcomeOf(operation, status);
  const count = attempts.length;
  const facts = [
    count > 1 && `${count} attempts`,
    requestId && `request ${requestId}`,
    outcome === "unknown" && "it may have been applied",
  ].filter(Boolean);
  const message = [
    `${profile.name} ${operation.id} failed: ${status}${code ? ` ${code}` : ""}${said && `: ${said}`}`.replace(
      /\.$/,
      "",
    ),
    facts.length > 0 ? ` (${facts.join(", ")}).` : ".",
    advice[status] === undefined ? "" : ` ${advice[status]}`,
  ].join("");
  const Class = classes[status] ?? (status >= 500 ? InternalServerError : ApiError);
  const error = new Class(message, {
    operation: operation.id,
    attempts,
    status,
    code,
    requestId,
    body: json ?? (replyText(reply) || undefined),
    headers,
    retryAfterMs: "retryAfterMs" in verdict ? verdict.retryAfterMs : undefined,
    outcome,
  });
  replies.set(error, reply);
  return error;
}
