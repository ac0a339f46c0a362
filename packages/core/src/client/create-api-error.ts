import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "../errors/api-errors.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { replyJson, replyText } from "../pipeline/reply-json.js";
import type { ReadErrorTexts, Strategies } from "../pipeline/strategies.js";
import { readPath, textAt } from "../platform/json-path.js";
import type { ProviderProfile } from "../provider/profile.js";

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
  401: "Check the credential",
  429: "Send fewer requests, or wait for `retryAfterMs`",
};

const mainShape: ReadErrorTexts = (json, { message, code }) => ({
  message: textAt(json, message),
  code: textAt(json, code),
});

/** Whose errors they are, and how their texts are read. */
export interface ErrorContext {
  readonly profile: Pick<ProviderProfile, "name" | "errors">;
  readonly strategies?: Pick<Strategies, "errorTexts">;
}

/** The error that a response represents, by its status, with the provider's message, code and request id. */
export function createApiError(
  { profile: { name, errors }, strategies: { errorTexts = mainShape } = {} }: ErrorContext,
  { id, safety }: Operation,
  reply: Reply,
): ApiError {
  const { status, headers, attempts, idempotencyKey, verdict, requestId } = reply;
  const json = replyJson(reply);
  const { message, code } = errorTexts(json, errors);
  // A response classified as throttled is a rate limit whatever its status; where errors come with a 200, their code decides.
  const meaning =
    verdict.kind === "throttled" ? 429 : ((readPath(errors.statuses, [code ?? ""]) as number | undefined) ?? status);
  // Only a request that may have been executed before it failed has an unknown outcome; a rejected one was not applied.
  const maybeApplied = verdict.maybeApplied || (!verdict.notApplied && (meaning >= 500 || meaning === 408));
  const isUnknown = safety !== "safe" && maybeApplied;
  let text = `${name} responded with ${status}`;
  if (code) text += ` ${code}`;
  if (message) text += `: ${message.replace(/\.$/, "")}`;
  if (requestId) text += `. Request ${requestId}`;
  if (attempts.length > 1) text += `. ${attempts.length} attempts`;
  if (isUnknown) text += ". The write may have been applied";
  if (advice[meaning]) text += `. ${advice[meaning]}`;
  const ErrorClass = classes[meaning] ?? (meaning >= 500 ? InternalServerError : ApiError);
  return new ErrorClass(`${text}.`, {
    operation: id,
    attempts,
    idempotencyKey,
    status,
    code,
    requestId,
    body: json ?? (replyText(reply) || undefined),
    headers,
    retryAfterMs: verdict.retryAfterMs,
    outcome: isUnknown ? "unknown" : "not-applied",
  });
}
