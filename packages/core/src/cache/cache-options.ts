import type { CallSettings, Operation, Tenant } from "../pipeline/call.js";
import type { Policy, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";

/** How old an answer one call takes, and by what it can be called back. Times add up: stale ones begin where `ttlMs` ends. */
export interface CacheOptions {
  /**
   * Milliseconds for which an answer is given without asking the provider. It is what this call accepts, whoever stored
   * the answer. @default 0: every answer is revalidated
   */
  readonly ttlMs?: number | undefined;
  /** Milliseconds after that in which the old answer is given at once, while it is refreshed once. @default 0 */
  readonly staleWhileRevalidateMs?: number | undefined;
  /** Milliseconds after `ttlMs` in which the old answer is given where the provider fails: 5xx, 429, no answer, no time. @default 0 */
  readonly staleIfErrorMs?: number | undefined;
  /** Milliseconds for which a 404 or 410 is given again. @default 0: they are never stored */
  readonly negativeTtlMs?: number | undefined;
  /** What `invalidate({ tags })` calls the answer back by. */
  readonly tags?: readonly string[] | undefined;
}

/** What to call back: all answers that carry one of the tags, or all of an operation. Of every tenant and process. */
export type Invalidation =
  | { readonly tags: readonly string[] }
  /** `GET /v1/prices`, or its constant of the connector's `/operations`. */
  | { readonly operation: string | { readonly method: string; readonly path: string } };

/** A client's hold on its cache. */
export interface CacheHandle {
  /**
   * Resolves once no call that begins later gets an answer from before: here at once, in other processes within 100 ms.
   * Rejects where they could not be told; it is then made good before this process next uses what they share.
   */
  invalidate(what: Invalidation): Promise<void>;
}

/** What a cache is told of its client. */
export interface CacheContext extends PolicyContext {
  /** What every call sends that says nothing else. */
  readonly headers: Headers;
  /** Whose every call is, where that is known from the start. */
  readonly tenant: Tenant | undefined;
}

/** A call before it has headers, a deadline or a tenant. */
export interface CacheRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly body?: unknown;
  readonly signal: AbortSignal | undefined;
  readonly settings: CallSettings;
}

/** A fresh answer, as its caller gets it. */
export interface CacheHit {
  /** The caller's own, parsed for it alone. */
  readonly data: unknown;
  readonly response: Reply;
}

/** A client's part of a cache. */
export interface AttachedCache extends CacheHandle {
  readonly policy: Policy;
  /**
   * A fresh answer for a call without headers of its own, without any other step: in what processes share it is looked for
   * as long as that takes no more than 10 ms. Undefined where there is none, or more than that is to be done, or the call
   * was aborted: it goes its way, and to the policy.
   */
  peek(request: CacheRequest): CacheHit | Promise<CacheHit | undefined> | undefined;
  /** Reads an answer in the place of `parseReply`, where callers do not get one of their own. */
  readonly parse?: ((operation: Operation, reply: Reply) => unknown) | undefined;
}

/** What the client option `cache` takes: `tieredCache()` of `@connectry/core/cache`. Several clients can share one. */
export interface ClientCache {
  attach(context: CacheContext): AttachedCache;
}
