import { ApiError } from "../errors/api-error.js";
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
import type { Path, ProviderProfile } from "./profile.js";
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
  401: "Check the credential",
  429: "Send fewer, or wait for `retryAfterMs`",
};

/** The error that an answer stands for, by its status, with what the provider said in its own places. */
export function createApiError(
  { name, errors }: ProviderProfile,
  { id, safety }: Operation,
  reply: Reply,
  { kind, retryAfterMs }: Verdict,
): ApiError {
  const { status, headers, attempts } = reply;
  const json = replyJson(reply);
  const said = (path: Path) => {
    const value = readPath(json, path);
    return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 500) : undefined;
  };
  const code = errors.code && said(errors.code);
  const place = errors.requestId;
  const requestId = (typeof place === "string" ? headers.get(place) : place && said(place)) || undefined;
  // What was found to be a rate limit is one, whatever its status; and where errors come with a 200, their code decides.
  const meant =
    kind === "throttled" ? 429 : ((readPath(errors.statuses, [code ?? ""]) as number | undefined) ?? status);
  // Only what may have been executed and then failed is unknown; a refusal was not applied.
  const unknown = safety !== "safe" && (meant >= 500 || meant === 408);
  const message = said(errors.message);
  let text = `${name} answered ${status}`;
  if (code) text += ` ${code}`;
  if (message) text += `: ${message.replace(/\.$/, "")}`;
  if (requestId) text += `. Request ${requestId}`;
  if (attempts.length > 1) text += `. ${attempts.length} attempts`;
  if (unknown) text += ". It may have been applied";
  if (advice[meant]) text += `. ${advice[meant]}`;
  const Class = classes[meant] ?? (meant >= 500 ? InternalServerError : ApiError);
  return new Class(`${text}.`, {
    operation: id,
    attempts,
    status,
    code,
    requestId,
    body: json ?? (replyText(reply) || undefined),
    headers,
    retryAfterMs,
    outcome: unknown ? "unknown" : "not-applied",
  });
}
