import type { JsonPath } from "../platform/json-path.js";

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

/** How the credential is sent, and the environment variables that hold it where no `auth` is given. */
export type AuthScheme = {
  /** The provider issues tokens for many accounts, by OAuth: a client may have all of them, and calls the option `account`. */
  readonly accounts?: true;
} /**
 * `Authorization: Bearer <credential>`; `prefix` replaces `Bearer`, and `otherPrefixes` are those that other clients of the provider send.
 */ & (
  | {
      readonly kind: "bearer";
      readonly env: string;
      readonly prefix?: string;
      readonly otherPrefixes?: readonly string[];
    }
  /** `Authorization: Basic`, from two named values. */
  | {
      readonly kind: "basic";
      readonly username: { readonly name: string; readonly env: string };
      readonly password: { readonly name: string; readonly env: string };
    }
  /** `prefix` is what the header has before the credential, such as `Token token=`, or `sid=` in the header `cookie`. */
  | { readonly kind: "header"; readonly name: string; readonly env: string; readonly prefix?: string }
  | { readonly kind: "query"; readonly name: string; readonly env: string }
);

/** The responses that a rule applies to: those that meet all the given conditions. */
export interface ReplyCondition {
  readonly status?: number | readonly number[];
  /** The end of the path of the address, without its query: `/graphql`. */
  readonly path?: string;
  /** Header name (lower case) to its exact value; `true` for any value. */
  readonly headers?: Readonly<Record<string, string | true>>;
  /** A value in the JSON body: equal to one value, to one of several, a text that contains another, or anything but one value. */
  readonly body?: { readonly at: JsonPath } & (
    | { readonly equals: string | number | boolean }
    | { readonly oneOf: readonly (string | number | boolean)[] }
    | { readonly contains: string }
    | { readonly isNot: string | number | boolean }
  );
}

/**
 * What a value says about a wait: how long it is, or a time at which it ends. A number that can only be a time since the epoch is
 * read as one, whatever the unit.
 */
export type WaitUnit = "seconds" | "milliseconds" | "epoch-seconds" | "epoch-milliseconds";

/** What the reset of a quota is: a wait or its end; `duration` is a text such as `6m0s` or `12ms`, `date` a time of RFC 3339. */
export type ResetUnit = WaitUnit | "duration" | "date";

/** What a response means for retry. The first rule that matches applies; without one, the status decides. */
export interface RetryRule {
  readonly when: ReplyCondition;
  readonly verdict: "success" | "transient" | "throttled" | "failed" | "reauthenticate";
  /** How long to wait at least, where the provider's documentation says so and no header does. */
  readonly waitMs?: number;
  /** Where the provider says when to send again: it takes precedence over `waitMs`, and `Retry-After` over it. */
  readonly until?:
    | (({ readonly header: string } | { readonly body: JsonPath }) & { readonly unit: WaitUnit })
    /** Until points are there that the JSON says are needed: (`needed` - `available`) / `perSecond`. */
    | { readonly needed: JsonPath; readonly available: JsonPath; readonly perSecond: JsonPath };
  /** The provider did not execute the request, so that even an unsafe one may be sent again. */
  readonly notApplied?: boolean;
  /** The provider may have executed the request, in whole or in part, so that the outcome of a write is unknown, as after a 5xx. */
  readonly maybeApplied?: boolean;
}

/** Where a cursor goes in the next request. */
export interface CursorTarget {
  readonly in: "query" | "body";
  readonly name: string;
  /** The object of the body that has it, where that is not the body itself: `["pagination"]`. */
  readonly inside?: JsonPath;
}

/**
 * Where a page holds its items. `by-path`: the page itself where it is a list, else the list named like the last literal
 * segment of the path (`/Messages.json` and `/messages`: `messages`; `/deploy-keys`: `deploy_keys`), else its only list.
 */
export type ItemsLocation = JsonPath | "by-path";

/** What the lists of every style can have. */
export interface PageFields {
  readonly items: ItemsLocation;
  /** A boolean of the page: false on the last page. True on a page that leads to no other is an error. */
  readonly more?: JsonPath;
  /** A boolean of the page: true on the last page. False on a page that leads to no other is an error. */
  readonly last?: JsonPath;
  /** The number of all items in the page: the list ends with the last of them. */
  readonly total?: JsonPath;
  /** A parameter without which the provider does not page: sent with this value, unless the caller sets it. */
  readonly ask?: CursorTarget & { readonly value: string | number | boolean };
}

/** How the next page of a list is found. What the page does not have of `more`, `last` and `total` decides nothing. */
export type Pagination = PageFields &
  (
    | {
        /** A token found in the page, or taken from its last item, goes into a parameter. Absent, null or empty: the end. */
        readonly kind: "cursor";
        readonly from: { readonly body: JsonPath } | { readonly lastItem: JsonPath };
        readonly into: CursorTarget;
        /** The parameter that pages in the other direction, and is never sent together with the cursor: `ending_before`. */
        readonly opposite?: string;
      }
    /** The header `Link: <...>; rel="next"` (RFC 8288). A link with the parameter `results="false"` is the end. */
    | { readonly kind: "link-header" }
    | {
        /** A URL found in the page, absolute or relative. Absent, null or empty: the end. */
        readonly kind: "next-url";
        readonly next: JsonPath;
        /** Where `next` is a list of links: what a link calls its relation, which must be `next`, and its URL. */
        readonly link?: { readonly rel: string; readonly href: string };
      }
    | {
        /** A count that grows by the number of items. An empty page is the end; a short one is not, since providers cap pages. */
        readonly kind: "offset";
        readonly into: CursorTarget;
        readonly size: string;
        /** The offset of the first item. @default 0 */
        readonly first?: number;
      }
    | {
        /** Pages counted from `first`. An empty page is the end. */
        readonly kind: "page-number";
        readonly into: CursorTarget;
        readonly first: number;
        /** The number of all pages, in the page. */
        readonly pages?: JsonPath;
      }
  );

/** A documented limit: at most `limit` units of cost in any `perMs`, for one tenant. */
export interface RateLimit {
  /** The operations that it applies to: those whose facts name this bucket, `default` for all others. */
  readonly bucket: string;
  readonly limit: number;
  readonly perMs: number;
  /**
   * What has a quota of its own: each operation, or each value that a call has for a parameter of this name in its path, its query or
   * the top level of its JSON or form, such as a channel. Calls without it share one, and so do those whose body is a stream, a file, a
   * multipart form or longer than 1,048,576 characters. @default the bucket has one quota
   */
  readonly per?: "operation" | { readonly parameter: string };
  /** What a request costs, by its method, of GraphQL `QUERY` or `MUTATION`; `*` for all others. @default 1 */
  readonly costs?: Readonly<Record<string, number>>;
  /**
   * How the limit is kept. `gcra`: `burst` at once, the rest spread evenly. `sliding`: all of it at once where the last `perMs` were
   * idle, and never more in any `perMs`, with a margin of a tenth, at most 250 ms, for requests that arrive early or late. In the first
   * `perMs` of a process that shares no Redis it is spread evenly, because another may just have ended. @default "gcra"
   */
  readonly window?: "gcra" | "sliding";
  /** Of `gcra`: how much may go out at once after a pause. The rest is spread evenly, so that no window holds more. @default 3 % of `limit` */
  readonly burst?: number;
}

/**
 * A limit in points, as APIs of GraphQL have it: a bucket that is filled evenly, of which each operation takes what it costs. What a
 * document costs is learned from the first response to it, reserved before each further call, and corrected after it.
 */
export interface CostLimit {
  /** The operations that it applies to, as that of a rate limit. */
  readonly bucket: string;
  /** How many points the bucket holds, until a response reports it. */
  readonly size: number;
  /** How many points it gets in a second, until a response reports it. */
  readonly perSecond: number;
  /** What the most expensive operation costs: reserved for one whose cost is not known yet. */
  readonly most: number;
  /** Where the JSON of a response reports the state of the bucket, and what the operation costs. */
  readonly report: {
    readonly size: JsonPath;
    readonly perSecond: JsonPath;
    readonly available: JsonPath;
    /** What must be available for the operation. */
    readonly requested: JsonPath;
    /** What it took in the end; nothing of one that was rejected. */
    readonly actual: JsonPath;
  };
}

/** How many requests may be under way at once, for one tenant. Each process keeps it for itself. */
export interface ConcurrencyLimit {
  /** The operations that it applies to, as that of a rate limit. @default all operations, of all buckets together */
  readonly bucket?: string;
  readonly limit: number;
  /** The methods that it applies to, in upper case. @default all methods */
  readonly methods?: readonly string[];
}

/** The response headers that report how much of a quota is left; names in lower case. */
export interface RateLimitHeaders {
  /** How many requests the quota allows. */
  readonly limit: string;
  /** How many of them are left. */
  readonly remaining: string;
  /** When more are allowed: a time, a wait, or the length of the window, which is the longest that the wait can be. */
  readonly reset?: {
    readonly name: string;
    readonly unit: ResetUnit | "window-milliseconds";
  };
}

/** A quota that responses report in their JSON. A response without it says nothing. */
export interface BodyQuota {
  /** How much is left. A negative number is 0. */
  readonly remaining: JsonPath;
  /**
   * When it is full again: what the body says, the length of the window, which is the longest that the wait can be, or, of a bucket
   * that is filled evenly, its size and how much it gets in a second.
   */
  readonly reset:
    | { readonly at: JsonPath; readonly unit: ResetUnit }
    | { readonly windowMs: number }
    | { readonly size: JsonPath; readonly perSecond: JsonPath };
}

/** Where a provider has several quotas, what names the one that a call counts against. */
export interface QuotaNames {
  /**
   * The response header with the name, in lower case. An operation counts against the quota that its last response named: when that
   * is used up, operations of other quotas are sent all the same. @default none: an operation counts against the one of its bucket
   */
  readonly header?: string;
  /** The quotas of operations of which there was no response yet, by their bucket; without a header, of all. */
  readonly buckets?: Readonly<Record<string, string>>;
  /** Path parameters whose values have a quota of their own each, under the same name. */
  readonly parameters?: readonly string[];
  /** The response header whose `true` says that a limit of all operations was reached, in lower case. */
  readonly global?: string;
}

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

/** Where an error response has its texts. The step `*` is the first value of an object or a list, whatever its name. */
export interface ErrorShape {
  readonly message: JsonPath;
  readonly code?: JsonPath;
}

/** Where an error response says what went wrong. */
export interface ErrorFacts extends ErrorShape {
  /** What errors have that are formed in another way: the first of them whose message is there. */
  readonly otherShapes?: readonly ErrorShape[];
  /** The request id to quote to the provider's support: a header, or a place in the body. */
  readonly requestId?: string | JsonPath;
  /** The status that an error code stands for, where errors come with status 200: it decides the class of the error. */
  readonly statuses?: Readonly<Record<string, number>>;
}

/** How a provider ends its streams of events, and how it reports a failure in one that has begun. */
export interface EventFacts {
  /**
   * What no event follows: data that is this text and no event itself, such as `[DONE]`, or an event of one of these types, which are
   * the field `event`, or `type` in its JSON. A stream that ends otherwise was cut. @default a stream may end after any event
   */
  readonly end?: { readonly text?: string; readonly types?: readonly string[] };
  /** The types of events that report an error, as those of the last event. @default ["error"] */
  readonly errorTypes?: readonly string[];
  /** Where the JSON of an event that is not of these types has an error; a value other than null is one. */
  readonly error?: JsonPath;
}

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
  /** The variables of `baseUrl`, which come with an account: a value that does not match is refused, so that none leads elsewhere. */
  readonly variables?: Readonly<Record<string, VariableFacts>>;
  /** Other origins that single operations may be served from. */
  readonly origins?: readonly string[];
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
  readonly errors: ErrorFacts;
  /** Of providers that send events: how their streams end and fail. */
  readonly events?: EventFacts;
  /** Of providers with a GraphQL API. */
  readonly graphql?: GraphqlFacts;
}
