export { basicAuth, bearerAuth, headerAuth, queryAuth, type Secrets, type SignCall } from "./auth/auth-strategies.js";
export type {
  Auth,
  Credential,
  CredentialFunction,
  CredentialRequest,
  CredentialSource,
} from "./auth/credential-source.js";
export { type PathDefaults, pathDefaults } from "./auth/path-defaults.js";
export type {
  AttachedCache,
  CacheContext,
  CacheHandle,
  CacheHit,
  CacheOptions,
  CacheRequest,
  ClientCache,
  Invalidation,
} from "./cache/cache-options.js";
export type { CircuitOptions } from "./circuit-breaker/circuit.js";
export { allStrategies } from "./connector/all-strategies.js";
export { type BodyContext, formBody, multipartBody, type WriteBody } from "./connector/body-strategies.js";
export { createConnector } from "./connector/create-connector.js";
export type {
  CallOptions,
  ConnectorOptions,
  CredentialOf,
  Limits,
  PaginateOptions,
  RateLimitOptions,
} from "./connector/options.js";
export type {
  AuthScheme,
  BodyForm,
  CursorPlace,
  ErrorFacts,
  ItemsPlace,
  OperationFacts,
  PageFacts,
  Pagination,
  Path,
  ProviderFacts,
  ProviderProfile,
  QueryStyle,
  RateLimit,
  RateLimitHeaders,
  ReplyCondition,
  RetryRule,
} from "./connector/profile.js";
export {
  bracketStyle,
  delimitedStyle,
  type Pair,
  repeatStyle,
  type SpreadValue,
} from "./connector/query-strategies.js";
export { type SpellDate, unixSeconds } from "./connector/spelling.js";
export type { Strategies } from "./connector/strategies.js";
export { type AnyConnector, type ConnectorPieces, toFetch } from "./connector/to-fetch.js";
export type {
  Connector,
  Method,
  Pages,
  PathIndex,
  Result,
  SafeMethods,
  SafeResult,
  StreamMethods,
  ThrowingMethods,
} from "./connector/typed-client.js";
export { ApiError, type ApiErrorInit, type ApiErrorName } from "./errors/api-error.js";
export { AuthenticationError } from "./errors/authentication-error.js";
export { BadRequestError } from "./errors/bad-request-error.js";
export { CallError, type CallErrorInit } from "./errors/call-error.js";
export type { CallFailure } from "./errors/call-failure.js";
export { CircuitOpenError, type CircuitOpenErrorInit } from "./errors/circuit-open-error.js";
export { ConfigurationError } from "./errors/configuration-error.js";
export { ConflictError } from "./errors/conflict-error.js";
export { ConnectryError } from "./errors/connectry-error.js";
export { InternalServerError } from "./errors/internal-server-error.js";
export { NetworkError, type NetworkErrorInit } from "./errors/network-error.js";
export { NotFoundError } from "./errors/not-found-error.js";
export { OutcomeUnknownError } from "./errors/outcome-unknown-error.js";
export { PermissionDeniedError } from "./errors/permission-denied-error.js";
export { QueueFullError } from "./errors/queue-full-error.js";
export { QuotaExceededError, type QuotaExceededErrorInit } from "./errors/quota-exceeded-error.js";
export { RateLimitError } from "./errors/rate-limit-error.js";
export { ResponseParseError } from "./errors/response-parse-error.js";
export { ResponseTooLargeError } from "./errors/response-too-large-error.js";
export { TimeoutError, type TimeoutErrorInit } from "./errors/timeout-error.js";
export { UnprocessableEntityError } from "./errors/unprocessable-entity-error.js";
export { UnsafeRedirectError } from "./errors/unsafe-redirect-error.js";
export { type ItemsByPath, itemsByPath } from "./pagination/items-place.js";
export {
  cursorPaging,
  linkHeaderPaging,
  type NextStep,
  nextUrlPaging,
  offsetPaging,
  pageNumberPaging,
  type ReadPage,
} from "./pagination/next-step.js";
export type { Bytes } from "./pipeline/bytes.js";
export type {
  Call,
  CallSettings,
  Deadline,
  OneShotBody,
  Operation,
  ReplayableBody,
  Safety,
  Tenant,
} from "./pipeline/call.js";
export { compose } from "./pipeline/compose.js";
export type { UserPolicies } from "./pipeline/default-pipeline.js";
export type { Next, Policy, PolicyContext, PolicyFactory } from "./pipeline/policy.js";
export type { Attempt, CacheOutcome, Reply } from "./pipeline/reply.js";
export type { Clock } from "./platform/clock.js";
export type { Random } from "./platform/random.js";
export { circuitBreaker } from "./policies/circuit-breaker.js";
export { type IdempotencyKey, idempotencyKey } from "./policies/idempotency-key.js";
export type { Gcra } from "./rate-limit/gcra.js";
export type { GrantSource, OnPause, Reservation, Share } from "./rate-limit/grant-source.js";
export { namedQuota, type Quota, type ReadQuota, standardQuota } from "./rate-limit/quota-headers.js";
export type { Judge, Verdict, VerdictKind } from "./retry/classify.js";
export {
  type BodyCondition,
  bodyCondition,
  epochSeconds,
  type VerdictHeader,
  verdictHeader,
  type WaitUntil,
} from "./retry/rule-strategies.js";
export type { Answer, Transport } from "./transport/transport.js";
