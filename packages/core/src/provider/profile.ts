import type { AuthScheme } from "./auth-scheme.js";
import type { EnvironmentFacts } from "./environment-facts.js";
import type {
  BodyQuota,
  ConcurrencyLimit,
  CostLimit,
  QuotaCost,
  QuotaNames,
  RateLimit,
  RateLimitHeaders,
} from "./limit-facts.js";
import type { Pagination } from "./page-facts.js";
import type { EnvelopeFacts, ErrorFacts, EventFacts, RetryRule } from "./reply-facts.js";

export type { AuthScheme, CredentialPart } from "./auth-scheme.js";
export type { EnvironmentFacts } from "./environment-facts.js";
export type * from "./limit-facts.js";
export type * from "./page-facts.js";
export type * from "./reply-facts.js";
export type * from "./token-facts.js";

/** How a value goes into a request body. */
export type BodyForm =
  | "json"
  /** `application/x-www-form-urlencoded`, nested as `a[b]=1&c[0]=2`. */
  | "form-brackets"
  /** `application/x-www-form-urlencoded`, arrays as repeated keys `c=1&c=2`, objects as JSON text. */
  | "form-repeat"
  /** `application/x-www-form-urlencoded`, nested values as JSON text. */
  | "form-json"
  | "multipart"
  /** The bytes or text as given. */
  | "raw";

/** How an array or object goes into a query. */
export type QueryStyle =
  /** `a=1&a=2`; an object's keys become parameters. */
  | "repeat"
  /** `a=1,2`. */
  | "comma"
  /** `a=1%202`. */
  | "space"
  /** `a=1|2`. */
  | "pipe"
  /** `a[0]=1&a[b]=2`. */
  | "brackets"
  /** The JSON text of the value. */
  | "json";

/** A part of an address that is the account's own, such as the shop in `https://{shop}.myshopify.com`. */
export interface VariableFacts {
  /** The regular expression that the whole value matches. */
  readonly pattern: string;
}

/**
 * How writes are deduplicated, and which: all of these methods, and those whose document declares the header or the field. Without
 * methods, only the latter.
 */
export type IdempotencyFacts = {
  readonly methods: readonly string[];
  /** How long a key may be. @default as long as it is */
  readonly maxLength?: number;
} & (
  | {
      /** The header of the key. */
      readonly header: string;
      readonly field?: undefined;
      readonly with?: undefined;
    }
  | {
      readonly header?: undefined;
      /** The field of the JSON body, at its top level, that has the key: `idempotency_key`. */
      readonly field: string;
      /** The fields without which the provider does not deduplicate: sent with these values, unless the caller sets them. */
      readonly with?: Readonly<Record<string, string | number | boolean>>;
    }
);

/** What a provider's GraphQL endpoint has of its own. */
export interface GraphqlFacts {
  /** The path of the endpoint below the base URL. */
  readonly path: string;
  /** The bucket of its operations, where they have limits of their own. @default "default" */
  readonly bucket?: string;
  /** The directive by which the provider deduplicates a mutation, and its argument: `@idempotent(key: $key)`. */
  readonly idempotency?: { readonly directive: string; readonly argument: string };
}

/** Everything that is specific to a provider, as data. */
export interface ProviderProfile {
  /** `stripe`: names the connector in messages, metrics and keys. */
  readonly id: string;
  /** `Stripe`, as people write it. */
  readonly name: string;
  /** `https://api.stripe.com`, without a trailing slash; `https://{shop}.myshopify.com` where accounts have hosts of their own. */
  readonly baseUrl: string;
  /**
   * The variables of `baseUrl`, and of the addresses of environments. They come with an account, or are options of a client of one
   * account: a value that does not match is refused, so that none leads elsewhere.
   */
  readonly variables?: Readonly<Record<string, VariableFacts>>;
  /** Other origins that single operations may be served from. */
  readonly origins?: readonly string[];
  /**
   * The environments of the provider, by the names of the option `environment`: `{ live: {}, sandbox: { baseUrl } }`. The first is this
   * profile, and the default. @default there is one, without a name
   */
  readonly environments?: Readonly<Record<string, EnvironmentFacts>>;
  /** The environment of a client, where it is not the first: set by `createConnector`, and not a word of a profile. */
  readonly environment?: string;
  readonly auth: AuthScheme;
  /** Path parameters that a call may omit: each defaults to the named value of the credential. */
  readonly pathDefaults?: Readonly<Record<string, string>>;
  /**
   * Path parameters whose values may contain slashes, where the document does not mark them: `connectry generate` adds them to the
   * facts. A slash in any other is encoded.
   */
  readonly multiSegment?: readonly string[];
  /** Sent with every request; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The request header for the API version; the connector sends the version that the document describes. */
  readonly versionHeader?: string;
  readonly body: BodyForm;
  /** @default "repeat" */
  readonly query?: QueryStyle;
  /** How a `Date` is formatted. @default "iso" */
  readonly dates?: "iso" | "unix-seconds";
  /**
   * What a 64-bit integer of a response is where a number does not hold all its digits: `string`, its digits, or `bigint`. Smaller ones
   * are numbers, and in events of webhooks, which queues keep as JSON, it is always its digits. The generated types say the same: generate again after a change.
   * @default "string"
   */
  readonly int64?: "string" | "bigint";
  /** How the provider deduplicates writes. @default it does not */
  readonly idempotency?: IdempotencyFacts;
  readonly retry?: {
    /** A response header whose `true` or `false` decides whether to send again. */
    readonly shouldRetryHeader?: string;
    readonly rules?: readonly RetryRule[];
  };
  readonly rateLimits?: readonly RateLimit[];
  /** Of providers that count the points which operations of GraphQL cost. */
  readonly costLimit?: CostLimit;
  /** Of providers whose quotas are counted in points, and reported by headers: where a response says how many it took. */
  readonly quotaCost?: QuotaCost;
  /** The documented numbers of requests at once. A client's `concurrency` holds for each bucket as well. */
  readonly concurrency?: readonly ConcurrencyLimit[];
  /**
   * A list where responses report several quotas, such as requests and tokens; `none` where they report none.
   *
   * @default the standard's header `RateLimit`, else `RateLimit-Remaining` or `X-RateLimit-Remaining` with its `-Reset`
   */
  readonly rateLimitHeaders?: RateLimitHeaders | readonly RateLimitHeaders[] | "none";
  /** The quotas that responses report in their JSON, in addition to those of headers. */
  readonly rateLimitBody?: readonly BodyQuota[];
  /**
   * Request headers, in lower case, whose values have limits of their own, such as a project of the account: calls with another value do
   * not wait for its limits, and its failures are not theirs. @default limits are those of the credential
   */
  readonly tenantHeaders?: readonly string[];
  /** Where the provider has several quotas, what names the one that a call counts against. @default one quota for each bucket */
  readonly quotaNames?: QuotaNames;
  /**
   * `trusted`: a cache follows `Cache-Control` and `Expires` of responses. By default it only follows directives that forbid
   * storing, and not even those where a call sets `ttlMs` or a stale time: many APIs send `no-store` with every response.
   */
  readonly cacheControl?: "trusted";
  /** The first applies to most lists; the facts name the lists with another one, by its index. */
  readonly pagination?: readonly Pagination[];
  /** What successes are wrapped in: clients with the option `unwrap` take it off. @default nothing */
  readonly envelope?: EnvelopeFacts;
  readonly errors: ErrorFacts;
  /** Of providers that send events: how their streams end and fail. */
  readonly events?: EventFacts;
  /** Of providers with a GraphQL API. */
  readonly graphql?: GraphqlFacts;
}
