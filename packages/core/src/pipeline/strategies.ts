import type { CallError, VerdictKind } from "../errors/call-errors.js";
import type { JsonPath } from "../platform/json-path.js";
import type { ProviderFacts } from "../provider/facts.js";
import type {
  AuthScheme,
  BodyForm,
  ConcurrencyLimit,
  CostLimit,
  EnvelopeFacts,
  ErrorFacts,
  Pagination,
  ProviderProfile,
  QueryStyle,
  QuotaCost,
  RateLimit,
} from "../provider/profile.js";
import type { Body, Call, Operation } from "./call.js";
import type { Policy } from "./policy.js";
import type { Reply } from "./reply.js";

/** The secrets of a credential: one, or a user name and a password. */
export type Secrets = readonly string[];

/** Returns a copy of a call that carries the secrets in the provider's scheme. */
export type ApplyCredential = (call: Call, secrets: Secrets, scheme: AuthScheme) => Call;

/** The path parameters that are part of the credential; undefined values where it is not known yet. `fields` names its secrets in order. */
export type PathDefaults = (
  facts: ProviderProfile["pathDefaults"],
  secrets: Secrets,
  fields: readonly { readonly name?: string }[],
) => Readonly<Record<string, unknown>>;

/** Formats a date as the provider expects it, where that is not ISO 8601. */
export type FormatDate = (date: Date) => string | number;

/** Writes the JSON text of a value, which messages call by this name. */
export type FormatJson = (name: string, value: unknown, formatDate: FormatDate | undefined) => string;

/** Parses JSON; throws SyntaxError. */
export type ParseJson = (text: string) => unknown;

/** A name and its text, neither of them encoded yet, unless the text is marked as encoded. */
export type Pair = readonly [name: string, text: string, isEncoded?: boolean];

/** A parameter to serialize. */
export interface Parameter {
  readonly name: string;
  readonly value: unknown;
}

/** How values are written in a request. */
export interface ValueFormats {
  readonly formatDate: FormatDate | undefined;
  /** How JSON is written: exactly, where a bigint can be in it. */
  readonly formatJson: FormatJson;
}

/** How a parameter is serialized. */
export interface ParameterContext extends ValueFormats {
  /** The style by which the serializer was selected. */
  readonly style: QueryStyle;
  /** The serializer of that style; nested values are JSON without one. */
  readonly serialize: SerializeParameter | undefined;
  /** How deep the value is nested, from 0. */
  readonly depth: number;
  /** Whether null is sent as an empty value, which clears a field, and not left out. */
  readonly clears?: boolean;
}

/** Serializes an array or object as pairs. */
export type SerializeParameter = (
  parameter: { readonly name: string; readonly value: object },
  context: ParameterContext,
) => readonly Pair[];

/** The parameters of a call, by their place and name. */
export type CallParameters = Readonly<
  Partial<Record<"path" | "query" | "header" | "cookie", Readonly<Record<string, unknown>>>>
>;

/** The parameters of a call of which some are written. */
export interface ExpandedParameters {
  /** The path template, with their texts in it. */
  readonly path: string;
  /** Their part of the query, encoded. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The other parameters. */
  readonly params: CallParameters;
}

/** Writes the parameters of an operation whose facts name their format. */
export type ExpandParameters = (
  operation: Operation,
  params: CallParameters,
  formats: ValueFormats,
) => ExpandedParameters;

/** What the encoding of a body depends on besides the body. */
export interface BodyContext extends ValueFormats {
  /** The form of the operation. */
  readonly form: BodyForm;
  /** The form of the provider's other bodies. */
  readonly inner: BodyForm;
  /** The media type of the body, where the document has another than that of the form. */
  readonly contentType?: string | undefined;
  /** How single fields are encoded. */
  readonly encoding?: Operation["encoding"];
  readonly styles: Partial<Record<QueryStyle, SerializeParameter>>;
}

/** Encodes an object as a body. */
export type EncodeBody = (fields: object, context: BodyContext) => Body | undefined | Promise<Body | undefined>;

/** A page of a list, for the strategy that finds the next one. */
export interface PageContext {
  /** The parsed body. */
  readonly page: unknown;
  readonly items: readonly unknown[];
  /** The items of the page before; none for the first page. */
  readonly itemsBefore: readonly unknown[];
  readonly headers: Headers;
  /** The value of a parameter in the request for this page. */
  readonly requested: (name: string) => unknown;
  /** Creates the error of a page that does not say how the list goes on. */
  readonly fail: (reason: string) => Error;
}

/**
 * Finds what leads from a page to the next: the value of its cursor parameter, or an address. Undefined, null, false or empty at
 * the end.
 */
export type GetNextPage = (style: Pagination, page: PageContext) => unknown;

/** Finds where a page of the list at a path holds its items, for lists whose profile does not say so. */
export type ItemsByPath = (path: string, page: unknown) => JsonPath;

/** Creates the policy that the profile describes under `idempotency`. */
export type IdempotencyKey = (facts: ProviderProfile["idempotency"]) => Policy;

/** Reads the message and the code of an error. */
export type ReadErrorTexts = (
  json: unknown,
  errors: ErrorFacts,
) => { readonly message: string | undefined; readonly code: string | undefined };

/** Creates the policy that gives the values of the headers of these names tenants of their own. */
export type TenantHeaders = (names: readonly string[]) => Policy;

/** What a provider's own header says about sending again; undefined where it says nothing. `kind` is what the status says. */
export type ReadShouldRetryHeader = (
  headers: Headers,
  name: string | undefined,
  kind: VerdictKind,
) => VerdictKind | undefined;

/** The data of a call and its reply, or its error. */
export interface Outcome {
  readonly data?: unknown;
  readonly error?: CallError;
  readonly response: Reply | undefined;
}

/** Wraps what sends calls, so that the data of a success comes without its envelope. A response that has none is an error. */
export type UnwrapData = <C extends { readonly operation: Operation; readonly stream?: boolean | undefined }>(
  facts: EnvelopeFacts,
  send: (call: C) => Promise<Outcome>,
) => (call: C) => Promise<Outcome>;

/** How much of a quota is left, and until when. */
export interface Quota {
  /** Distinguishes the quotas that one response reports, such as requests and tokens. */
  readonly name: string;
  readonly remaining: number;
  /** Milliseconds until the quota is full again. */
  readonly resetMs: number;
}

/**
 * Reads the quotas from the headers of a response: none where they report none, or not in a form that can be read. Times are read
 * relative to the response's own `Date`.
 */
export type ReadQuotas = (
  headers: Headers,
  facts: ProviderProfile["rateLimitHeaders"],
  nowMs: number,
) => readonly Quota[];

/** Reads the quotas from the JSON of a response, as `ReadQuotas` does from its headers. */
export type ReadBodyQuotas = (
  reply: Pick<Reply, "headers" | "body">,
  facts: ProviderProfile["rateLimitBody"],
  nowMs: number,
) => readonly Quota[];

/** What one call takes of a bucket of points, as a cost of a rate limit. */
export interface PointCost {
  /** Names the bucket within its tenant. */
  readonly name: string;
  /** The bucket as GCRA. */
  readonly gcra: { readonly intervalMs: number; readonly toleranceMs: number };
  readonly cost: number;
  readonly isRefundable: true;
}

/** What a response says about points, as changes of a theoretical arrival time. */
export interface PointCorrection {
  readonly cost: PointCost;
  /** By how much it falls, because the call took less than it had reserved. */
  readonly refundMs: number;
  /** How far it is ahead at least, because so many points are missing. */
  readonly aheadMs: number;
}

/** Learns what operations cost of a bucket of points. */
export interface PointCosts {
  /** What a call takes; undefined where it takes none. */
  costOf(call: Call): PointCost | undefined;
  /** Learns from a response to a call that had reserved so much; undefined where the response says nothing about points. */
  learn(call: Call, reply: Pick<Reply, "body">, reserved: PointCost): PointCorrection | undefined;
}

/** Creates what learns the costs of one client's operations. */
export type CreatePointCosts = (facts: CostLimit) => PointCosts;

/** Learns what operations cost of a quota that responses report. */
export interface QuotaCosts {
  /** What a call takes of its quota. */
  costOf(call: Call): number;
  learn(call: Call, reply: Pick<Reply, "body">): void;
}

/** Creates what learns the costs of one client's operations. */
export type CreateQuotaCosts = (facts: QuotaCost) => QuotaCosts;

/** Reads which of the provider's quotas a response counts against; undefined where it does not say that, or counts against all. */
export type ReadQuotaName = (headers: Headers, facts: ProviderProfile["quotaNames"]) => string | undefined;

/** The values of the path parameters that have quotas of their own, as one text. */
export type ReadQuotaParameters = (call: Call, facts: ProviderProfile["quotaNames"]) => string;

/**
 * What distinguishes the quotas of limits per parameter: for each limit a hash of the value that the call has, and an empty text for a
 * limit without a parameter. Undefined where no limit of the call has one.
 */
export type ReadLimitValues = (call: Call, limits: readonly RateLimit[]) => readonly string[] | undefined;

/** Slots that calls take while they are under way: as many as `concurrency`, known by a name within the tenant. */
export interface SlotLimit {
  readonly name: string;
  readonly concurrency: number;
}

/** The documented slots that each call of an operation takes. */
export type FindConcurrencyLimits = (operation: Operation, limits: readonly ConcurrencyLimit[]) => readonly SlotLimit[];

/** The values of the variables in addresses, such as `{ shop: "acme" }`. */
export type AddressVariables = Readonly<Record<string, string>>;

/** Gives an operation the address of the account that a call is for. Rejects with ConfigurationError for one that no account may have. */
export type LocateOperation = (
  operation: Operation,
  call: { readonly account?: string | undefined; readonly signal?: AbortSignal | undefined },
) => Promise<Operation>;

/** Creates the function that locates operations, where the accounts of a provider have hosts of their own. */
export type AccountAddress = (
  facts: Pick<ProviderProfile, "name" | "baseUrl" | "variables">,
  options: { readonly auth?: unknown; readonly baseUrl?: string | undefined } & Readonly<Record<string, unknown>>,
) => LocateOperation;

/** What the credential of a client is exchanged for. */
export interface TokenExchange {
  /** The option `auth` of a client whose credential is its token. */
  readonly auth: unknown;
  /** Makes an error of the call of a token that could not be had. */
  readonly policy: Policy;
}

/** Creates what exchanges the credential of one client for tokens. Throws ConfigurationError where the credential is missing. */
export type CreateTokenExchange = (
  profile: ProviderProfile,
  options: Readonly<Record<string, unknown>>,
) => TokenExchange;

/**
 * Gives profile and facts what one of the environments has of its own: by its name, or the first. Throws ConfigurationError for a name
 * that the profile does not have.
 */
export type SelectEnvironment = (definition: EnvironmentDefinition, name: string | undefined) => EnvironmentDefinition;

/** Everything in which environments may differ. */
export interface EnvironmentDefinition {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
}

/**
 * The code behind the words of a profile and its facts. A connector names those that it uses, so that a bundle carries no
 * others: `connectry generate` writes the list. What every connector needs, such as JSON, is not in it.
 */
export interface Strategies {
  /** How the credential is put on a request. */
  readonly auth: ApplyCredential;
  /** How a credential is exchanged for tokens: `tokenExchange` of `@connectry/core/oauth`. */
  readonly tokenExchange?: CreateTokenExchange;
  /** Which path parameters the credential holds. */
  readonly pathDefaults?: PathDefaults;
  /** How operations get the address of an account. */
  readonly accountAddress?: AccountAddress;
  /** What the environments of the provider have of their own. */
  readonly environment?: SelectEnvironment;
  /** How dates are formatted, where that is not ISO 8601. */
  readonly formatDate?: FormatDate;
  /** How JSON is written, where a document has 64-bit integers. */
  readonly formatJson?: FormatJson;
  /** How JSON is parsed, where 64-bit integers are not numbers or text. */
  readonly parseJson?: ParseJson;
  /** How bodies are encoded; `json` and `raw` need none. */
  readonly body?: Partial<Record<BodyForm, EncodeBody>>;
  /** How arrays and objects are serialized in a query or a form; `json` needs none. */
  readonly style?: Partial<Record<QueryStyle, SerializeParameter>>;
  /** How parameters are written whose format the facts name. */
  readonly parameters?: ExpandParameters;
  /** How the next page of a list is found. */
  readonly pagination?: Partial<Record<Pagination["kind"], GetNextPage>>;
  /** Where a page holds its items, for lists whose profile says `by-path`. */
  readonly itemsByPath?: ItemsByPath;
  /** The policy that sets the idempotency key of writes. */
  readonly idempotencyKey?: IdempotencyKey;
  /** Reads errors of several shapes. */
  readonly errorTexts?: ReadErrorTexts;
  /** How clients with the option `unwrap` get their data. */
  readonly unwrap?: UnwrapData;
  /** The policy that gives values of headers tenants of their own. */
  readonly tenantHeaders?: TenantHeaders;
  /** Reads the header in which the provider says whether to send again. */
  readonly shouldRetryHeader?: ReadShouldRetryHeader;
  /** Reads the quotas from the headers of a response. */
  readonly quotas?: ReadQuotas;
  /** Reads the quotas from the JSON of a response. */
  readonly bodyQuotas?: ReadBodyQuotas;
  /** Reads which quota a response counts against, where the provider has several. */
  readonly quotaName?: ReadQuotaName;
  /** Reads the path parameters whose values have quotas of their own. */
  readonly quotaParameters?: ReadQuotaParameters;
  /** Learns what operations cost of a bucket of points. */
  readonly pointCosts?: CreatePointCosts;
  /** What operations cost of a quota, where the provider says so. */
  readonly quotaCosts?: CreateQuotaCosts;
  /** Reads the parameters of a call whose values have limits of their own. */
  readonly limitValues?: ReadLimitValues;
  /** Finds the documented slots of an operation. */
  readonly concurrencyLimits?: FindConcurrencyLimits;
}
