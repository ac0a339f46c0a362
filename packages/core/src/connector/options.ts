import type { Auth, Credential } from "../auth/credential-source.js";
import type { CacheOptions, ClientCache } from "../cache/cache-options.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { UserPolicies } from "../pipeline/default-pipeline.js";
import type { PolicyFactory } from "../pipeline/policy.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { GrantSource } from "../rate-limit/grant-source.js";
import type { Transport } from "../transport/transport.js";
import type { AuthScheme, RateLimit } from "./profile.js";

/** Limits that a client sets and a call may set otherwise. */
export interface Limits {
  /** One budget for the whole call: queueing, attempts, waits and body. Milliseconds. @default 60_000 */
  readonly deadlineMs?: number | undefined;
  /** One attempt, its body included; of a stream, its headers. Milliseconds. @default 30_000 */
  readonly attemptTimeoutMs?: number | undefined;
  /** Attempts, the first one included. @default 3 */
  readonly maxAttempts?: number | undefined;
  /**
   * A provider that asks to wait longer than this gets no further attempt: the error says what it asked. The other calls of
   * the bucket pause for so long at most, or for a minute where this is less. Milliseconds. @default 60_000
   */
  readonly maxRetryAfterMs?: number | undefined;
  /** Bytes of one decoded answer; a stream has no such limit. @default 10_485_760 (10 MiB) */
  readonly maxResponseBytes?: number | undefined;
  /** Silence after which a stream is ended. Milliseconds. @default 30_000 */
  readonly idleTimeoutMs?: number | undefined;
}

/** What a single call may say beside its parameters. */
export interface CallOptions extends Limits {
  /** Aborts the call in whatever phase it is; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Sent beside the connector's own; `null` removes one. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  /**
   * Whom the call is for, say a customer of yours: where calls wait for a slot or a rate limit, those of one key go in
   * order and keys in turn, so that none waits for another's thousands. @default one key for all
   */
  readonly fairnessKey?: string | undefined;
  /**
   * How old an answer the call takes, where the client has a cache; `false` for nothing to do with it. @default what the
   * provider confirms when asked
   */
  readonly cache?: CacheOptions | false | undefined;
  /** Of a write that the provider deduplicates. @default a fresh UUID per call, the same on every attempt */
  readonly idempotencyKey?: string | undefined;
}

/** What a paginated call may say beside its parameters. `deadlineMs` holds for each page. */
export interface PaginateOptions extends CallOptions {
  /** Pages after which the walk ends. @default unbounded */
  readonly maxPages?: number | undefined;
  /** One budget for all pages together. Milliseconds. @default none */
  readonly totalDeadlineMs?: number | undefined;
}

/** How rate limits are kept. */
export interface RateLimitOptions {
  /** What your plan allows, instead of what the profile says. */
  readonly limits?: readonly RateLimit[] | undefined;
  /** Several processes that share one quota: `redisRateLimits` of `@connectry/core/redis`. @default this process alone */
  readonly source?: GrantSource | undefined;
}

/** What every connector takes. */
export interface ConnectorOptions<C extends Credential = Credential> extends Limits {
  /** The credential, a function that fetches it, or a source with an id. @default the provider's environment variable */
  readonly auth?: Auth<C> | undefined;
  /** Replaces the provider's address for every operation. https, or http on loopback. */
  readonly baseUrl?: string | undefined;
  /** The API version to ask for, where the provider takes one in a header. @default the one the document describes */
  readonly apiVersion?: string | undefined;
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Attempts at once, per tenant and bucket. @default 50 */
  readonly concurrency?: number | undefined;
  /** Calls that may wait for that; one more throws QueueFullError. @default 10_000 */
  readonly maxQueued?: number | undefined;
  /** Which rate limits are kept, and with whom. `false`: none, nor what answers say of them. @default those of the provider's profile */
  readonly rateLimit?: RateLimitOptions | false | undefined;
  /** `circuitBreaker()` sends nothing for a while to a provider that keeps failing. @default none */
  readonly circuitBreaker?: PolicyFactory | undefined;
  /** Keeps answers: `tieredCache()` of `@connectry/core/cache`. @default none */
  readonly cache?: ClientCache | undefined;
  /** Policies of your own. */
  readonly policies?: UserPolicies | undefined;
  /** The function that sends requests. @default the platform's fetch */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** What sends requests instead of a `fetch`: `undiciTransport()` of `@connectry/core/undici`, or your own. */
  readonly transport?: Transport | undefined;
  /** Time, for tests. */
  readonly clock?: Clock | undefined;
  /** Chance in [0, 1), for tests. */
  readonly random?: Random | undefined;
}

/** The options of a connector whose credential has the shape that its scheme needs. */
export type CredentialOf<S extends AuthScheme> = S extends {
  readonly kind: "basic";
  readonly username: { readonly name: infer U extends string };
  readonly password: { readonly name: infer P extends string };
}
  ? Readonly<Record<U | P, string>>
  : string;

/** The limits of a call, with every default filled in. */
export type ResolvedLimits = { readonly [Key in keyof Limits]-?: number };

/** What holds where a client and a call say nothing. */
export const limitDefaults: ResolvedLimits = {
  deadlineMs: 60_000,
  attemptTimeoutMs: 30_000,
  maxAttempts: 3,
  maxRetryAfterMs: 60_000,
  maxResponseBytes: 10_485_760,
  idleTimeoutMs: 30_000,
};

/** The options of a client that are no numbers. */
export const connectorKeys =
  "auth baseUrl headers rateLimit circuitBreaker cache policies fetch transport clock random".split(" ");

/** The options of a call that are no numbers; `idempotencyKey` comes with a provider that knows them. */
export const callKeys = "params body headers signal fairnessKey cache".split(" ");

/**
 * The numbers among options, laid over what stands below them. Throws ConfigurationError for a number that is none,
 * and for a name that is neither one of them nor one of `others`.
 */
export function readOptions<Numbers extends object>(
  options: object,
  below: Numbers,
  others: readonly string[],
  where: string,
): Numbers {
  // A call rarely says more than its parameters: what stands below is then what holds.
  let numbers = below;
  for (const name of Object.keys(options)) {
    if (others.includes(name)) continue;
    const value = (options as Record<string, unknown>)[name];
    if (!Object.hasOwn(below, name)) {
      const known = [...Object.keys(below), ...others].join(", ");
      throw new ConfigurationError(`${where}: there is no option \`${name}\`. Known: ${known}.`);
    }
    if (value === undefined) continue;
    // What is no time is a count: whole, or Infinity, whose remainder is NaN.
    if (typeof value !== "number" || !(value > 0) || (value % 1 && !name.endsWith("Ms"))) {
      throw new ConfigurationError(`${where}: ${name} must be above 0 (a count: whole), not ${String(value)}.`);
    }
    numbers = { ...numbers, [name]: value };
  }
  return numbers;
}
