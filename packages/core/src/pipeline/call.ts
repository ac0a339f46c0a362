import type { Bytes } from "../platform/bytes.js";
import type { OperationFacts, ResponseForm, Safety } from "../provider/facts.js";
import type { BodyForm, QueryStyle } from "../provider/profile.js";
import type { CacheOptions } from "./cache-options.js";

/** What is known of an operation before it is called: from the document, the profile and the facts. */
export interface Operation {
  /** `POST /v1/customers`: method and path template, as messages and metrics name it. */
  readonly id: string;
  readonly method: string;
  /** The path template of the document, `/v1/customers/{customer}`. */
  readonly path: string;
  /** Origin and base path that the path is appended to, without a trailing slash. */
  readonly baseUrl: string;
  /** The same of the provider itself, which is another where the user replaced it. */
  readonly providerUrl: string;
  readonly safety: Safety;
  /** `false` where the credential of the connector is not sent. */
  readonly auth?: false | undefined;
  /** The rate-limit and concurrency bucket. */
  readonly bucket: string;
  /** Of GraphQL: what it costs of rate limits is that of its kind, and not of its method. */
  readonly kind?: "QUERY" | "MUTATION" | undefined;
  /** Of GraphQL: names what costs the same number of points. */
  readonly costKey?: string | undefined;
  readonly body: BodyForm;
  /** The media type of its body, where it is not that of the form. */
  readonly contentType?: string | undefined;
  /** The fields of a form that are encoded in another way than its others. */
  readonly encoding?: OperationFacts["encoding"];
  readonly response: ResponseForm;
  /** `false` where its responses are not in the envelope of the provider. */
  readonly envelope?: false | undefined;
  /** How its JSON is parsed, where 64-bit integers are not numbers or text. */
  readonly parseJson?: ((text: string) => unknown) | undefined;
  /** The media types that a call asks for, where that is not JSON and its caller asks for no other. */
  readonly accept?: string | undefined;
  /** Style of single query parameters where it is not the profile's. */
  readonly query: Readonly<Record<string, QueryStyle>>;
  /** Parameters that are written in another way than those of their place usually are. */
  readonly parameters?: OperationFacts["parameters"];
  /** Path parameters whose value may contain slashes. */
  readonly multiSegment: readonly string[];
}

/**
 * Identifies a credential within this process: one object for all calls with the same credential, so that it can be the key
 * of a WeakMap. It reveals nothing by itself.
 */
export interface CredentialRef {
  /**
   * Passes the provider and the id of the credential's source, or else the credential, to a function and returns its result:
   * for `tenantFingerprint` of `@connectry/core/redis`, by which processes recognize a tenant.
   */
  derive<T>(from: (secret: string) => T): T;
}

/** Removes the secrets of a credential from a text, in any encoding. */
export type Redact = (text: string) => string;

/** The owner of the credential of a call. Budgets, limits, cache and breaker are keyed by its id. */
export interface Tenant {
  /** Names the credential without revealing it, and stays the same when a token is refreshed. */
  readonly id: string;
  /** The option `account` of the call, where its client has several accounts. */
  readonly account?: string | undefined;
  /** Whether its source can be asked for another credential when this one is rejected. */
  readonly refreshable: boolean;
  readonly credentialRef: CredentialRef;
  /** Whose credential it has, where a header of the call makes it another tenant. */
  readonly holder?: Tenant | undefined;
  /** Of a call that carries a credential of its own: redacts that. */
  readonly redact?: Redact | undefined;
}

/** A body that any attempt may send again: the same bytes each time. */
export interface ReplayableBody {
  readonly kind: "replayable";
  readonly contentType: string | undefined;
  readonly data: string | Bytes;
}

/** A body that exists once. A call that carries one is never retried. */
export interface OneShotBody {
  readonly kind: "one-shot";
  readonly contentType: string | undefined;
  readonly data: ReadableStream<Uint8Array>;
}

/**
 * A body that each attempt opens anew, because it is too large to be held in memory. The end of the pipeline opens it: to a
 * transport it is a body that exists once.
 */
export interface ReopenableBody {
  readonly kind: "reopenable";
  readonly contentType: string | undefined;
  /** Its length in bytes, where it is known. */
  readonly size: number | undefined;
  open(): ReadableStream<Uint8Array>;
  readonly data?: undefined;
}

/** A request body in the form in which the pipeline carries it. */
export type Body = ReplayableBody | OneShotBody | ReopenableBody;

/** How much of a request body was sent: passed on to the platform, which sends it as fast as the connection allows. */
export interface UploadProgress {
  readonly sentBytes: number;
  /** The length of the body; undefined where it is not known. */
  readonly totalBytes: number | undefined;
  /** Each attempt begins at 0. */
  readonly attempt: number;
}

/** One budget for waits, attempts and backoff together. */
export interface Deadline {
  /** Time on the monotonic clock; `Infinity` where there is none. */
  readonly atMs: number;
  /** What the caller allowed, for messages. */
  readonly allowedMs: number;
}

/** The options of one call merged over those of its client, with every default filled in. */
export interface CallSettings {
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
  readonly maxRetryAfterMs: number;
  readonly maxResponseBytes: number;
  readonly idleTimeoutMs: number;
  readonly idempotencyKey?: string | undefined;
  /** Calls that wait are served key by key in turn. */
  readonly fairnessKey?: string | undefined;
  /** Whose credential the call is sent with, where its client has several accounts. */
  readonly account?: string | undefined;
  /** How old a response the call accepts; `false` bypasses the cache. */
  readonly cache?: CacheOptions | false | undefined;
  /** The cache was already read for this call, and holds nothing that processes share. */
  readonly isKnownCacheMiss?: boolean | undefined;
  /** The cache refreshes an entry in the background: no caller waits for the response. */
  readonly isRefresh?: boolean | undefined;
  /** What observers record of the call, where its client has some. */
  readonly observation?: object | undefined;
  /** The body of the reply is passed on as a stream: nothing is sent again once the stream has begun. */
  readonly stream?: boolean | undefined;
  /** Is called each time a piece of the request body was sent. */
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
  /** What to do with a redirect: follow it, return it as a response, or fail. @default "follow" */
  readonly redirect?: "follow" | "manual" | "error" | undefined;
}

/** The headers of a request, each once, by their names in lower case. */
export type CallHeaders = Readonly<Record<string, string>>;

/** An outgoing request as plain data: a policy passes on a changed copy, so any attempt can be replayed. */
export interface Call {
  readonly operation: Operation;
  /** Set by the policy `resolveTenant`, unless the call carries a credential of its own. */
  readonly tenant: Tenant | undefined;
  /** Redacts the credential that `authenticate` put on the call. */
  readonly redact?: Redact | undefined;
  readonly url: string;
  readonly headers: CallHeaders;
  readonly body: Body | undefined;
  /** 1 on the first attempt. */
  readonly attempt: number;
  /** The provider rejected the credential: `authenticate` asks its source for a new one. */
  readonly refreshCredential: boolean;
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
  readonly settings: CallSettings;
}
