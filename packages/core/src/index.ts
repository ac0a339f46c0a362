export type {
  AccountRequest,
  AccountSource,
  Auth,
  Credential,
  CredentialFunction,
  CredentialRequest,
  CredentialSource,
  VariablesRequest,
} from "./auth/credential-source.js";
export type { CircuitOptions } from "./circuit-breaker/circuit.js";
export { allStrategies } from "./client/all-strategies.js";
export type {
  CacheBinding,
  CacheContext,
  CacheHandle,
  CacheHit,
  CacheRequest,
  ClientCache,
  FreshLookup,
  Invalidation,
} from "./client/cache-binding.js";
export { createConnector, type ProviderDefinition } from "./client/create-connector.js";
export type { ToFetchOptions } from "./client/fetch/fetch-options.js";
export { toFetch } from "./client/fetch/to-fetch.js";
export type { AnyConnector } from "./client/internals.js";
export { isErrorOf } from "./client/is-error-of.js";
export type {
  AccountCallOptions,
  AccountOption,
  AccountPaginateOptions,
  CallOptions,
  ConnectorOptions,
  CredentialOf,
  EnvironmentOption,
  Limits,
  PageCursor,
  PaginateOptions,
  RateLimitOptions,
  UnwrapOption,
  VariableOptions,
} from "./client/options.js";
export type { CallInit } from "./client/prepared-call.js";
export type {
  Connector,
  ListPage,
  Method,
  Pages,
  PaginateRequestInit,
  PathIndex,
  Result,
  SafeMethods,
  SafeResult,
  StreamMethods,
  ThrowingMethods,
  UnwrappedPaths,
} from "./client/typed-client.js";
export {
  type AnyApiError,
  ApiError,
  type ApiErrorInit,
  type ApiErrorName,
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
} from "./errors/api-errors.js";
export {
  type Attempt,
  CallError,
  type CallErrorInit,
  CircuitOpenError,
  type CircuitOpenErrorInit,
  NetworkError,
  type NetworkErrorInit,
  OutcomeUnknownError,
  QueueFullError,
  QuotaExceededError,
  type QuotaExceededErrorInit,
  ResponseParseError,
  type ResponseParseErrorInit,
  ResponseTooLargeError,
  TimeoutError,
  type TimeoutErrorInit,
  UnsafeRedirectError,
  type VerdictKind,
  type WriteOutcome,
} from "./errors/call-errors.js";
export { ConfigurationError, ConnectryError } from "./errors/connectry-error.js";
export type { CacheOptions } from "./pipeline/cache-options.js";
export type {
  Body,
  Call,
  CallSettings,
  CredentialRef,
  Deadline,
  OneShotBody,
  Operation,
  ReopenableBody,
  ReplayableBody,
  Tenant,
  UploadProgress,
} from "./pipeline/call.js";
export { compose } from "./pipeline/compose.js";
export type { Next, Policy, PolicyContext, PolicyFactory, UserPolicies } from "./pipeline/policy.js";
export type { CacheOutcome, Reply } from "./pipeline/reply.js";
export type { Strategies } from "./pipeline/strategies.js";
export type { Verdict } from "./pipeline/verdict.js";
export type { Bytes } from "./platform/bytes.js";
export type { Clock } from "./platform/clock.js";
export type { JsonPath } from "./platform/json-path.js";
export type { Random } from "./platform/random.js";
export { circuitBreaker } from "./policies/circuit-breaker.js";
export type {
  EmptyResponses,
  OperationFacts,
  PageFacts,
  ParameterFormat,
  ParameterFormats,
  ProviderFacts,
  Safety,
} from "./provider/facts.js";
export type {
  FactSource,
  OauthEnvironmentFacts,
  OauthFacts,
  RevocationFacts,
} from "./provider/oauth-facts.js";
export type {
  AuthScheme,
  BodyForm,
  ClientAuthentication,
  ConcurrencyLimit,
  CredentialPart,
  CursorTarget,
  EnvelopeFacts,
  EnvironmentFacts,
  ErrorFacts,
  ErrorShape,
  ItemsLocation,
  PageFields,
  Pagination,
  ProviderProfile,
  QueryStyle,
  RateLimit,
  RateLimitHeaders,
  ReplyCondition,
  RetryRule,
  TokenExchangeFacts,
  TokenField,
  TokenResponseFacts,
  VariableFacts,
} from "./provider/profile.js";
export type { Gcra } from "./rate-limit/gcra.js";
export { createPool, type Pool, type PoolOptions } from "./rate-limit/pool.js";
export type {
  LimitCost,
  PauseScope,
  PermitRequest,
  RateLimitStore,
  Reservation,
} from "./rate-limit/rate-limit-store.js";
export { ThrottleState } from "./rate-limit/throttle-state.js";
export type { Transport, TransportResponse } from "./transport/transport.js";
export { type BodySource, type Reopenable, type ReopenableOptions, reopenable } from "./upload/reopenable.js";
