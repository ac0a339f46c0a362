// What every connector exports besides its own names: `export * from "@connectry/core/connector"`. The list is written once,
// here, so that a new error class reaches all connectors.
export type { ToFetchOptions } from "../client/fetch/fetch-options.js";
export { toFetch } from "../client/fetch/to-fetch.js";
export { isErrorOf } from "../client/is-error-of.js";
export {
  type AnyApiError,
  ApiError,
  AuthenticationError,
  BadRequestError,
  type CallFailure,
  ConflictError,
  InternalServerError,
  NotFoundError,
  type OtherStatusError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "../errors/api-errors.js";
export {
  CallError,
  CircuitOpenError,
  NetworkError,
  OutcomeUnknownError,
  QueueFullError,
  QuotaExceededError,
  ResponseParseError,
  ResponseTooLargeError,
  TimeoutError,
  UnsafeRedirectError,
} from "../errors/call-errors.js";
export { ConfigurationError, ConnectryError } from "../errors/connectry-error.js";
export { circuitBreaker } from "../policies/circuit-breaker.js";
export { type BodySource, type Reopenable, type ReopenableOptions, reopenable } from "../upload/reopenable.js";
