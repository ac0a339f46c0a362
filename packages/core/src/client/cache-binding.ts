import { ConfigurationError } from "../errors/connectry-error.js";
import type { CacheOptions } from "../pipeline/cache-options.js";
import type { CallHeaders, CallSettings, Operation, Tenant } from "../pipeline/call.js";
import type { Policy, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { readOptions } from "./read-options.js";

/** Whose responses are invalidated. */
interface InvalidationScope {
  /**
   * `all` for the responses of every tenant. @default the tenant of the client; of a credential function without an id, that of
   * the credential that it returns
   */
  readonly tenants?: "all" | undefined;
  /** The account whose responses are invalidated, where the client has several. */
  readonly account?: string | undefined;
}

/** What to invalidate in every process: all responses that carry one of the tags, or all of an operation. */
export type Invalidation<Method extends string = string, Path extends string = string> = InvalidationScope &
  (
    | { readonly tags: readonly string[]; readonly operation?: undefined }
    /** `GET /v1/prices`, with the path of the document, or its constant of the connector's `/operations`. */
    | {
        readonly operation: `${Method} ${Path}` | { readonly method: Method; readonly path: Path };
        readonly tags?: undefined;
      }
  );

/** The cache as seen from a connector. */
export interface CacheHandle<E = Record<string, Record<string, unknown>>> {
  /**
   * Resolves once no call that begins later can get an earlier response: in this process at once, in others within 100 ms.
   * Rejects where the others could not be notified; that is made up for before this process next uses what they share. Rejects
   * with ConfigurationError for what is not an operation; one that the document does not have is an error of its type.
   */
  invalidate<M extends keyof E & string, P extends keyof E[M] & string>(what: Invalidation<M, P>): Promise<void>;
}

/** What a cache knows about the client that it serves. */
export interface CacheContext extends PolicyContext {
  /** The headers of calls that set none of their own. */
  readonly headers: CallHeaders;
  /** The tenant of every call, where it is known before a call is made. */
  readonly tenant: Tenant | undefined;
  /** The tenant of a call, of which the credential function is asked where it is not known before. */
  resolveTenant(signal: AbortSignal, account: string | undefined): Promise<Tenant>;
}

/** A call before it has headers, a deadline or a tenant. */
export interface CacheRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly body?: unknown;
  readonly signal: AbortSignal | undefined;
  readonly settings: CallSettings;
}

/** A fresh response from the cache, as the caller gets it. */
export interface CacheHit {
  /** The data of the response, parsed for this caller. */
  readonly data: unknown;
  readonly response: Reply;
}

/**
 * A hit; `"known-miss"` where nothing is stored under the key that processes share, so that the policy need not read it
 * again; or undefined where the call cannot be served without further steps and goes through the pipeline.
 */
export type FreshLookup = CacheHit | "known-miss" | undefined;

/** A cache, bound to one client. */
export interface CacheBinding extends CacheHandle {
  readonly policy: Policy;
  /**
   * Looks for a fresh response to a call without headers of its own, before any other step: in memory, and for at most
   * 10 ms in what processes share. An abort of the call ends the wait without a hit.
   */
  readFresh(request: CacheRequest): FreshLookup | Promise<FreshLookup>;
  /** Parses a response instead of `parseReply`, where callers share the parsed data. */
  readonly parse?: ((operation: Operation, reply: Reply) => unknown) | undefined;
}

/** The value of the client option `cache`: `tieredCache()` of `@connectry/core/cache`. Several clients can share one. */
export interface ClientCache {
  attach(context: CacheContext): CacheBinding;
}

const times = { ttlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0, negativeTtlMs: 0 };

/**
 * Checks the option `cache` of a call, whether or not its client has a cache. Throws ConfigurationError for a value of a wrong
 * type and for an unknown option.
 */
export function checkCacheOptions(cache: CacheOptions | false | undefined, where: string): void {
  if (cache === undefined || cache === false) return;
  if (typeof cache !== "object") {
    throw new ConfigurationError(`${where}: \`cache\` must be an object of options, or false.`);
  }
  readOptions(cache, { defaults: times, others: ["tags"], where, prefix: "cache.", allowsZero: true });
  const { tags = [] } = cache;
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === "string")) {
    throw new ConfigurationError(`${where}: cache.tags must be an array of strings.`);
  }
}

/** Checks what is to be invalidated, whether or not there is a cache; a cache also checks the operation. Throws ConfigurationError. */
export function checkInvalidation(what: unknown): void {
  const { tags, operation } = Object(what) as { readonly tags?: unknown; readonly operation?: unknown };
  if (!Array.isArray(tags) && operation === undefined) {
    throw new ConfigurationError("cache.invalidate takes { tags: [...] } or { operation }.");
  }
}
