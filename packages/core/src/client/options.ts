import type { Auth, Credential } from "../auth/credential-source.js";
import type { CacheOptions } from "../pipeline/cache-options.js";
import type { UploadProgress } from "../pipeline/call.js";
import type { PolicyFactory, UserPolicies } from "../pipeline/policy.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type {
  AuthScheme,
  CredentialPart,
  ProviderProfile,
  RateLimit,
  RetryRule,
  TokenField,
} from "../provider/profile.js";
import type { Pool } from "../rate-limit/pool.js";
import type { RateLimitStore } from "../rate-limit/rate-limit-store.js";
import type { Transport } from "../transport/transport.js";
import type { ClientCache } from "./cache-binding.js";
import type { Observer } from "./observer.js";

/** Limits that a client sets and a call can override. */
export interface Limits {
  /** Time for the whole call: queueing, attempts, waits and body. Milliseconds. @default 60_000 */
  readonly deadlineMs?: number | undefined;
  /** Time for one attempt, its body included; of a stream, until its headers arrive. Milliseconds. @default 30_000 */
  readonly attemptTimeoutMs?: number | undefined;
  /** Number of attempts, the first one included. @default 3 */
  readonly maxAttempts?: number | undefined;
  /**
   * When a provider asks to wait longer than this, the call fails instead, and the error says how long it asked. The other
   * calls of the bucket pause for at most this time, or for a minute where this is less. Milliseconds. @default 60_000
   */
  readonly maxRetryAfterMs?: number | undefined;
  /** Size of one decoded response in bytes; a stream has no such limit. @default 10_485_760 (10 MiB) */
  readonly maxResponseBytes?: number | undefined;
  /** How long a stream may pause before it is ended, because no data arrives or because it is not read. Milliseconds. @default 30_000 */
  readonly idleTimeoutMs?: number | undefined;
}

/** The options of a single call. */
export interface CallOptions extends Limits {
  /** Aborts the call in any phase; it then rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** Headers that are sent in addition to the connector's own; `null` removes one. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  /**
   * The party that the call is for, such as a customer of yours. Calls that wait for a slot or a rate limit are sent key by
   * key in turn, and in order within a key, so that nobody waits for thousands of calls of another. @default one key for all
   */
  readonly fairnessKey?: string | undefined;
  /**
   * How old a response the call accepts, where the client has a cache; `false` bypasses the cache. @default only what the
   * provider confirms when asked
   */
  readonly cache?: CacheOptions | false | undefined;
  /** The key of a write that the provider deduplicates. @default a fresh UUID per call, the same on every attempt */
  readonly idempotencyKey?: string | undefined;
  /** Is called each time a piece of the request body was sent, with how much that is in total. What it throws fails the call. */
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** The option of a client whose provider has several environments, such as a sandbox or regions. */
export interface EnvironmentOption<P extends Pick<ProviderProfile, "environments"> = ProviderProfile> {
  /** Where its calls go, and whose credential and limits they have. `baseUrl` replaces the address of any. @default the first of the profile */
  readonly environment?: Extract<keyof NonNullable<P["environments"]>, string> | undefined;
}

/** The option of a client whose provider puts what it responds with in an envelope, such as `{ "data": ... }`. */
export interface UnwrapOption {
  /**
   * Whether `data` of calls is what the envelope has, and not the envelope, where that has nothing else of interest. What pages have
   * besides their items stays: `data` of a page is the whole page. @default false
   */
  readonly unwrap?: boolean | undefined;
}

/** The options of a client of one account for the variables of its provider's addresses, such as `shop`, by their names. */
export type VariableOptions<P extends Pick<ProviderProfile, "variables">> = {
  readonly [Name in Extract<keyof NonNullable<P["variables"]>, string>]?: string | undefined;
};

/** The call option of a client that has several accounts. */
export interface AccountOption {
  /**
   * Whose credential the call is sent with, where the option `auth` of the client has several accounts, such as `oauthAccounts()`
   * of `@connectry/core/oauth`; required there, and an error where it has one. Limits, cache and circuit breaker are the account's.
   */
  readonly account?: string | undefined;
}

/** The options of a single call of a connector whose provider has tokens of many accounts. */
export interface AccountCallOptions extends CallOptions, AccountOption {}

/** The options of a paginated call. `deadlineMs` applies to each page. */
export interface PaginateOptions extends CallOptions {
  /** Number of pages after which the iteration ends. @default unbounded */
  readonly maxPages?: number | undefined;
  /** Time for all pages together. Milliseconds. @default none */
  readonly totalDeadlineMs?: number | undefined;
  /**
   * Where to begin: the `cursor` of a page of an earlier iteration over the same list, with the same parameters. The page that
   * followed it is the first. @default the first page of the list
   */
  readonly startFrom?: PageCursor | undefined;
  /**
   * Requests the next page while the caller works on the items of this one. At most one page is ahead, and its request is aborted
   * where the caller stops. @default false
   */
  readonly prefetch?: boolean | undefined;
}

/** What leads from a page to the next: the value of a parameter, or an address. It can be stored as JSON. */
export type PageCursor = string | number;

/** The options of a paginated call of a connector whose provider has tokens of many accounts. */
export interface AccountPaginateOptions extends PaginateOptions, AccountOption {}

/** Which rate limits apply, and who shares them. */
export interface RateLimitOptions {
  /** The limits of your plan, instead of those of the profile. */
  readonly limits?: readonly RateLimit[] | undefined;
  /** Where the limits are counted: `redisRateLimits()` of `@connectry/core/redis` for several processes that share one quota. @default in this process alone */
  readonly store?: RateLimitStore | undefined;
}

/** The options of every connector. */
export interface ConnectorOptions<C extends Credential = Credential> extends Limits {
  /** The credential, a function that returns it, or a source with an id. @default the provider's environment variable */
  readonly auth?: Auth<C> | undefined;
  /**
   * Replaces the provider's address for every operation, for instance by that of a proxy: https, or http on loopback. Links of
   * responses to the provider's address lead to it, too.
   */
  readonly baseUrl?: string | undefined;
  /**
   * Whether `baseUrl` may be http on an internal host: a single-label name, `.internal`, `.local`, `.localhost`, `.test`, a
   * private or link-local address. The credential is sent there unencrypted. @default false
   */
  readonly allowHttp?: boolean | undefined;
  /** The API version to request, where the provider takes one in a header. @default the version that the document describes */
  readonly apiVersion?: string | undefined;
  /** Headers that are sent with every call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How many attempts may be under way at once, per tenant and bucket. @default 50 */
  readonly concurrency?: number | undefined;
  /**
   * A bound of attempts under way that several clients share, by `createPool`: tenants get its slots in turn. `concurrency` still
   * bounds each tenant. @default none
   */
  readonly pool?: Pool | undefined;
  /** How many calls may wait for a slot; one more throws QueueFullError. @default 10_000 */
  readonly maxQueued?: number | undefined;
  /**
   * What responses mean for retry, in the form of a profile: the first rule that matches applies, and these come before those of
   * the profile. @default none
   */
  readonly retryRules?: readonly RetryRule[] | undefined;
  /** Which rate limits apply. `false`: none, and the rate-limit headers of responses are ignored. @default those of the provider's profile */
  readonly rateLimit?: RateLimitOptions | false | undefined;
  /** `circuitBreaker()` stops sending for a while to a provider that keeps failing. @default none */
  readonly circuitBreaker?: PolicyFactory | undefined;
  /** Stores responses: `tieredCache()` of `@connectry/core/cache`. @default none */
  readonly cache?: ClientCache | undefined;
  /**
   * What is notified of each call: `consoleLog()` or another observer of `@connectry/core/observe`, or a list of them. @default none
   */
  readonly observe?: Observer | readonly Observer[] | undefined;
  /** Policies of your own. */
  readonly policies?: UserPolicies | undefined;
  /** The function that sends requests, in place of the default of `transport`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Sends requests: `undiciTransport()` of `@connectry/core/undici`, or your own.
   * @default `node:http` and `node:https` on Node, unless `globalThis.fetch` or undici's global dispatcher was replaced; there
   * and on other platforms `globalThis.fetch`
   */
  readonly transport?: Transport | undefined;
  /** Replaces the system clock, for tests. */
  readonly clock?: Clock | undefined;
  /** Replaces `Math.random`, for tests. */
  readonly random?: Random | undefined;
}

/** The shape of the credential that a scheme needs. */
export type CredentialOf<S extends AuthScheme> = S extends {
  readonly kind: "basic";
  readonly username: { readonly name: infer U extends string };
  readonly password: { readonly name: infer P extends string };
}
  ? Readonly<Record<U | P, string>>
  : S extends { readonly kind: "parts"; readonly parts: infer All extends readonly CredentialPart[] }
    ? CredentialOfParts<All>
    : S extends { readonly kind: "client-credentials" }
      ? string | CredentialOfClient<S>
      : string;

/** What is exchanged for a token: id and secret of a client, and its other fields. */
type CredentialOfClient<S> = S extends {
  readonly clientId: { readonly name: infer I extends string };
  readonly clientSecret: { readonly name: infer K extends string };
}
  ? Readonly<Record<I | K, string>> &
      (S extends { readonly fields: readonly (infer F extends TokenField)[] } ? FieldsOfClient<F> : unknown)
  : never;

type FieldsOfClient<F extends TokenField> = Readonly<
  Record<Exclude<F, OptionalField>["name"], string> & Partial<Record<Extract<F, OptionalField>["name"], string>>
>;

type OptionalField = { readonly optional: true } | { readonly default: string };

/** A credential of one part is its text, one of several has each by its name. */
type CredentialOfParts<All extends readonly CredentialPart[]> = All extends readonly [CredentialPart]
  ? string
  : Readonly<
      Record<Exclude<All[number], { readonly optional: true }>["name"], string> &
        Partial<Record<Extract<All[number], { readonly optional: true }>["name"], string | undefined>>
    >;

/** The limits of a call, with every default filled in. */
export type ResolvedLimits = { readonly [Key in keyof Limits]-?: number };

/** The limits of a call where neither client nor call set them. */
export const limitDefaults: ResolvedLimits = {
  deadlineMs: 60_000,
  attemptTimeoutMs: 30_000,
  maxAttempts: 3,
  maxRetryAfterMs: 60_000,
  maxResponseBytes: 10_485_760,
  idleTimeoutMs: 30_000,
};

/** The options of a client that are not numbers. */
export const connectorKeys =
  "auth baseUrl allowHttp headers pool retryRules rateLimit circuitBreaker cache observe policies fetch transport clock random".split(
    " ",
  );

/** The options of a call that are not numbers; `idempotencyKey` is added for providers that support it. */
export const callKeys = "params body headers signal fairnessKey account cache onUploadProgress".split(" ");
