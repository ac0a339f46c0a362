import type { CacheOptions } from "../cache/cache-options.js";
import type { BodyForm, QueryStyle } from "../connector/profile.js";
import type { Bytes } from "./bytes.js";

/** How dangerous it is to send an operation twice. */
export type Safety =
  /** Changes nothing: sent again after any transient failure. */
  | "safe"
  /** Twice is as good as once (PUT, DELETE): sent again after any transient failure. */
  | "idempotent"
  /** A write that the provider deduplicates by idempotency key: sent again with the same key. */
  | "keyed"
  /** Any other write: sent again only when it was provably not applied. */
  | "unsafe";

/** What is known of an operation before it is called: from the document, the profile and the facts. */
export interface Operation {
  /** `POST /v1/customers`: method and path template, as messages and metrics name it. */
  readonly id: string;
  readonly method: string;
  /** The path template of the document, `/v1/customers/{customer}`. */
  readonly path: string;
  /** Origin and base path that the path is appended to, without a trailing slash. */
  readonly baseUrl: string;
  readonly safety: Safety;
  /** The rate-limit and concurrency bucket. */
  readonly bucket: string;
  readonly body: BodyForm;
  /** Style of single query parameters where it is not the profile's. */
  readonly query: Readonly<Record<string, QueryStyle>>;
  /** Path parameters whose value holds slashes of its own. */
  readonly multiSegment: readonly string[];
}

/** Whose credential a call carries. Budgets, limits, cache and breaker are keyed by its id. */
export interface Tenant {
  /** Names the credential without revealing it, and outlives a token refresh. */
  readonly id: string;
  /** Whether its source can be asked for another credential when this one is refused. */
  readonly refreshable: boolean;
  /**
   * What a function makes of the provider with its source's id, else with the credential: for `tenantFingerprint` of
   * `@connectry/core/redis`, by which processes know it. The same function for the same tenant.
   */
  readonly derive: <T>(from: (secret: string) => T) => T;
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

/** One budget for waits, attempts and backoff together. */
export interface Deadline {
  /** On the monotonic clock; `Infinity` where there is none. */
  readonly atMs: number;
  /** What the caller allowed, for messages. */
  readonly allowedMs: number;
}

/** The options of a client with those of one call laid over them: every default is filled in. */
export interface CallSettings {
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
  readonly maxRetryAfterMs: number;
  readonly maxResponseBytes: number;
  readonly idleTimeoutMs: number;
  readonly idempotencyKey?: string | undefined;
  /** Whose turn it is among calls that wait: keys are served in turn. */
  readonly fairnessKey?: string | undefined;
  /** How old an answer it takes; `false` for nothing to do with a cache. */
  readonly cache?: CacheOptions | false | undefined;
  /** The reply's body is handed on as a stream: retry ends at its first byte. */
  readonly stream?: boolean | undefined;
}

/** One request on its way out. Plain data: a policy hands on a changed copy, so any attempt can be replayed. */
export interface Call {
  readonly operation: Operation;
  /** Set by `identify`. */
  readonly tenant: Tenant | undefined;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ReplayableBody | OneShotBody | undefined;
  /** 1 on the first attempt. */
  readonly attempt: number;
  /** The provider refused the credential: `authenticate` asks its source for a new one. */
  readonly refreshCredential: boolean;
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
  readonly settings: CallSettings;
}
