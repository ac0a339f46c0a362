import {
  CallError,
  type CallErrorInit,
  type CircuitOpenError,
  type NetworkError,
  type OutcomeUnknownError,
  type QueueFullError,
  type QuotaExceededError,
  type ResponseParseError,
  type ResponseTooLargeError,
  type TimeoutError,
  type UnsafeRedirectError,
} from "./call-errors.js";

/** The names of the classes that represent an error response. */
export type ApiErrorName =
  | "ApiError"
  | "BadRequestError"
  | "AuthenticationError"
  | "PermissionDeniedError"
  | "NotFoundError"
  | "ConflictError"
  | "UnprocessableEntityError"
  | "RateLimitError"
  | "InternalServerError";

/** What an error response says. */
export interface ApiErrorInit<Body> extends CallErrorInit {
  readonly status: number;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly body: Body;
  readonly headers: Headers;
  readonly retryAfterMs: number | undefined;
  readonly outcome: "not-applied" | "unknown";
}

/** The provider responded with an error. The subclass follows from the status. */
export class ApiError<Body = unknown> extends CallError<ApiErrorInit<Body>> {
  static override readonly kind: string = "ApiError";
  declare readonly name: ApiErrorName;
  declare readonly status: number;
  /** The provider's own code, such as `card_declined`. */
  declare readonly code: string | undefined;
  /** The id to quote when you ask the provider's support. */
  declare readonly requestId: string | undefined;
  /** The parsed JSON of the response, its text where it is not JSON, or undefined where it was empty. */
  declare readonly body: Body;
  /** The headers of the response. They are not shown when the error is printed, because they may hold a session. */
  declare readonly headers: Headers;
  /** How long the provider asked to wait. */
  declare readonly retryAfterMs: number | undefined;
  /** `unknown` where the provider may have applied the write before it failed: after a 5xx, or an earlier attempt without a response. */
  declare readonly outcome: "not-applied" | "unknown";

  constructor(message: string, init: ApiErrorInit<Body>) {
    super(message, init);
    Object.defineProperty(this, "headers", { enumerable: false });
  }
}

/** 400: the request violates the provider's rules. */
export class BadRequestError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "BadRequestError";
  declare readonly name: "BadRequestError";
}

/** 401: the credential is missing, wrong or expired. */
export class AuthenticationError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "AuthenticationError";
  declare readonly name: "AuthenticationError";
}

/** 403: the credential is valid and may not do this. */
export class PermissionDeniedError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "PermissionDeniedError";
  declare readonly name: "PermissionDeniedError";
}

/** 404: the object does not exist, or the credential may not see it. */
export class NotFoundError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "NotFoundError";
  declare readonly name: "NotFoundError";
}

/** 409: the object is in another state, or another request holds it. */
export class ConflictError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "ConflictError";
  declare readonly name: "ConflictError";
}

/** 422: the request is well-formed, but its values are not accepted. */
export class UnprocessableEntityError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "UnprocessableEntityError";
  declare readonly name: "UnprocessableEntityError";
}

/** 429: more requests than the provider allows; `retryAfterMs` is set where it said how long to wait. */
export class RateLimitError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "RateLimitError";
  declare readonly name: "RateLimitError";
}

/** 5xx: the provider failed; `outcome` says whether a write may have been applied. */
export class InternalServerError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "InternalServerError";
  declare readonly name: "InternalServerError";
}

/** An error response whose status has no class of its own, such as 402 or 410. */
export interface OtherStatusError<Body = unknown> extends ApiError<Body> {
  readonly name: "ApiError";
}

interface ApiErrorsByName<Body> {
  readonly ApiError: OtherStatusError<Body>;
  readonly BadRequestError: BadRequestError<Body>;
  readonly AuthenticationError: AuthenticationError<Body>;
  readonly PermissionDeniedError: PermissionDeniedError<Body>;
  readonly NotFoundError: NotFoundError<Body>;
  readonly ConflictError: ConflictError<Body>;
  readonly UnprocessableEntityError: UnprocessableEntityError<Body>;
  readonly RateLimitError: RateLimitError<Body>;
  readonly InternalServerError: InternalServerError<Body>;
}

/**
 * Every error response with one type of body: a union of all classes but `Without`, so that the name or the class of an error leads
 * to its body.
 */
export type AnyApiError<Body = unknown, Without extends ApiErrorName = never> = ApiErrorsByName<Body>[Exclude<
  ApiErrorName,
  Without
>];

/**
 * Every error that a call can fail with, distinguished by `name` or by `isInstance` of its class. `Failure` are those of an error
 * response, whose bodies an operation has in its document.
 */
export type CallFailure<Failure = AnyApiError> =
  | Failure
  | NetworkError
  | TimeoutError
  | OutcomeUnknownError
  | CircuitOpenError
  | QueueFullError
  | QuotaExceededError
  | ResponseParseError
  | ResponseTooLargeError
  | UnsafeRedirectError;
