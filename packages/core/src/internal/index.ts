// What generated code and the other packages of this repository import. It may change with every release: programs import from
// the other entries.
export { basicAuth, bearerAuth, headerAuth, headerOrBearerAuth, queryAuth } from "../auth/auth-schemes.js";
export { bodyPartsAuth, partsAuth } from "../auth/credential-parts.js";
export { pathDefaults } from "../auth/path-defaults.js";
export { createRedactor } from "../auth/redact.js";
export { accountAddress } from "../client/account-address.js";
export { errorShapes } from "../client/error-shapes.js";
export { connectorInternals } from "../client/internals.js";
export { type PathList, type PathMethod, pathClient } from "../client/path-client.js";
export { selectEnvironment } from "../client/select-environment.js";
export { transportOf } from "../client/transport-of.js";
export { unwrapData } from "../client/unwrap-data.js";
export { loadPeer, toPeerError } from "../errors/load-peer.js";
export { itemsByPath } from "../pagination/items-by-path.js";
export {
  cursorPaging,
  linkHeaderPaging,
  nextUrlPaging,
  offsetPaging,
  pageNumberPaging,
} from "../pagination/next-page.js";
export type {
  AccountAddress,
  AddressVariables,
  ApplyCredential,
  BodyContext,
  CallParameters,
  CreatePointCosts,
  CreateQuotaCosts,
  CreateTokenExchange,
  EncodeBody,
  EnvironmentDefinition,
  ExpandedParameters,
  ExpandParameters,
  FindConcurrencyLimits,
  FormatDate,
  FormatJson,
  GetNextPage,
  IdempotencyKey,
  ItemsByPath,
  LocateOperation,
  Outcome,
  PageContext,
  Pair,
  Parameter,
  ParameterContext,
  PathDefaults,
  PointCorrection,
  PointCost,
  PointCosts,
  Quota,
  QuotaCosts,
  ReadBodyQuotas,
  ReadErrorTexts,
  ReadLimitValues,
  ReadQuotaName,
  ReadQuotaParameters,
  ReadQuotas,
  ReadShouldRetryHeader,
  Secrets,
  SelectEnvironment,
  SerializeParameter,
  SlotLimit,
  TenantHeaders,
  TokenExchange,
  UnwrapData,
  ValueFormats,
} from "../pipeline/strategies.js";
export { parseBigInts } from "../platform/parse-json.js";
export { bodyIdempotencyKey } from "../policies/body-idempotency-key.js";
export { idempotencyKey } from "../policies/idempotency-key.js";
export { tenantHeaders } from "../policies/tenant-headers.js";
export { type CredentialPlace, credentialNames, credentialPlaces } from "../provider/auth-scheme.js";
export { bodyQuotas } from "../rate-limit/body-quotas.js";
export { concurrencyLimits } from "../rate-limit/concurrency-limits.js";
export { limitValues } from "../rate-limit/limit-values.js";
export { pointCosts } from "../rate-limit/point-costs.js";
export { quotaCosts } from "../rate-limit/quota-costs.js";
export { namedQuotas } from "../rate-limit/quota-headers.js";
export { quotaName, quotaParameters } from "../rate-limit/quota-name.js";
export { standardQuotas } from "../rate-limit/standard-quotas.js";
export { textQuotas } from "../rate-limit/text-quotas.js";
export { createClassifier } from "../retry/classify.js";
export { meetsCondition, shouldRetryHeader } from "../retry/rule-readers.js";
export { formBody, multipartBody } from "../serialization/body-forms.js";
export { expandParameters } from "../serialization/expand-parameters.js";
export { formatExactJson } from "../serialization/format-exact-json.js";
export { unixSeconds } from "../serialization/format-value.js";
export { bracketStyle, delimitedStyle, repeatStyle } from "../serialization/query-styles.js";
