import type { Safety } from "../pipeline/call.js";

/** A way into a JSON document: property names and array indices. `[]` is the document itself. */
export type Path = readonly (string | number)[];

/** How a value goes into a request body. */
export type BodyForm =
  | "json"
  /** `application/x-www-form-urlencoded`, nested as `a[b]=1&c[0]=2`. */
  | "form-brackets"
  /** `application/x-www-form-urlencoded`, arrays as repeated keys `c=1&c=2`. */
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
export type AuthScheme =
  /** `Authorization: Bearer <credential>`; `prefix` replaces `Bearer`. */
  | { readonly kind: "bearer"; readonly env: string; readonly prefix?: string }
  /** `Authorization: Basic`, from two named values. */
  | {
      readonly kind: "basic";
      readonly username: { readonly name: string; readonly env: string };
      readonly password: { readonly name: string; readonly env: string };
    }
  | { readonly kind: "header"; readonly name: string; readonly env: string }
  | { readonly kind: "query"; readonly name: string; readonly env: string };

/** Which answers a rule is about. All conditions given must hold. */
export interface ReplyCondition {
  readonly status?: number | readonly number[];
  /** Header name (lower case) to its exact value; `true` for any value. */
  readonly headers?: Readonly<Record<string, string | true>>;
  /** A place in the JSON body: its exact value, one of several, or a text it contains. */
  readonly body?: { readonly at: Path } & (
    | { readonly equals: string | number | boolean }
    | { readonly oneOf: readonly (string | number | boolean)[] }
    | { readonly contains: string }
  );
}

/** What an answer means for retry. The first rule that matches wins; without one, the status decides. */
export interface RetryRule {
  readonly when: ReplyCondition;
  readonly verdict: "success" | "transient" | "throttled" | "failed" | "reauthenticate";
  /** How long to wait at least, where the provider's documentation says so and no header does. */
  readonly waitMs?: number;
  /** A header of the provider's own that says when to come back; it goes before `waitMs` and after `Retry-After`. */
  readonly until?: { readonly header: string; readonly unit: "epoch-seconds" };
  /** The provider did not execute the request, so that even an unsafe one may be sent again. */
  readonly notApplied?: boolean;
}

/** Where a cursor goes in the next request. */
export interface CursorPlace {
  readonly in: "query" | "body";
  readonly name: string;
}

/**
 * Where a page holds its items. `by-path`: the page itself where it is a list, else the list named like the last literal
 * segment of the path (`/Messages.json` and `/messages`: `messages`; `/deploy-keys`: `deploy_keys`), else its only list.
 */
export type ItemsPlace = Path | "by-path";

/** How a list goes on after its first page. */
export type Pagination =
  /** A token found in the page, or taken from its last item, goes into a parameter. Absent, null or empty: the end. */
  | {
      readonly kind: "cursor";
      readonly items: ItemsPlace;
      readonly from: { readonly body: Path } | { readonly lastItem: Path };
      readonly into: CursorPlace;
      /** A boolean of the page that says whether there is more. */
      readonly more?: Path;
    }
  /** The header `Link: <...>; rel="next"` (RFC 8288). */
  | { readonly kind: "link-header"; readonly items: ItemsPlace }
  /** A URL found in the page, absolute or relative. Absent, null or empty: the end. */
  | { readonly kind: "next-url"; readonly items: ItemsPlace; readonly next: Path }
  /** A count that grows by the number of items: the end is a page shorter than asked for, or empty. */
  | { readonly kind: "offset"; readonly items: ItemsPlace; readonly into: CursorPlace; readonly size: string }
  /** Pages counted from `first`: the end is an empty page. */
  | { readonly kind: "page-number"; readonly items: ItemsPlace; readonly into: CursorPlace; readonly first: number };

/** A documented limit: at most `limit` units of cost in any `perMs`, for one tenant. */
export interface RateLimit {
  /** The operations that it is about: those whose facts name this bucket, `default` for all others. */
  readonly bucket: string;
  readonly limit: number;
  readonly perMs: number;
  /** Whether each operation has a quota of its own. @default the bucket has one */
  readonly per?: "operation";
  /** What a request costs by its method; `*` for all that are not named. @default 1 */
  readonly costs?: Readonly<Record<string, number>>;
  /** How much may go out at once after a pause. The rest is spread evenly, so that no window holds more. @default 3 % of `limit` */
  readonly burst?: number;
}

/** The headers in which answers say how much of a quota is left; names in lower case. */
export interface RateLimitHeaders {
  /** How many requests the quota allows. */
  readonly limit: string;
  /** How many of them are left. */
  readonly remaining: string;
  /** When more are allowed: a time, a wait, or the length of the window, which is the longest that the wait can be. */
  readonly reset?: {
    readonly name: string;
    readonly unit: "epoch-seconds" | "seconds" | "milliseconds" | "window-milliseconds";
  };
}

/** Where an answer that is an error says what went wrong. */
export interface ErrorFacts {
  readonly message: Path;
  readonly code?: Path;
  /** What names the request to the provider's support: a header, or a place in the body. */
  readonly requestId?: string | Path;
  /** The status that a code stands for, where the provider answers errors with a 200: it decides the error's class. */
  readonly statuses?: Readonly<Record<string, number>>;
}

/** Everything that is particular to a provider, as data. */
export interface ProviderProfile {
  /** `stripe`: names the connector in messages, metrics and keys. */
  readonly id: string;
  /** `Stripe`, as people write it. */
  readonly name: string;
  /** `https://api.stripe.com`, without a trailing slash. */
  readonly baseUrl: string;
  /** Other origins that single operations may be served from. */
  readonly origins?: readonly string[];
  readonly auth: AuthScheme;
  /** Path parameters that a call may leave out: the named value of the credential stands in for them. */
  readonly pathDefaults?: Readonly<Record<string, string>>;
  /** Sent with every request; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The header that carries the API version which the document describes. */
  readonly versionHeader?: string;
  readonly body: BodyForm;
  /** @default "repeat" */
  readonly query?: QueryStyle;
  /** How a `Date` goes out. @default "iso" */
  readonly dates?: "iso" | "unix-seconds";
  /** Writes that the provider deduplicates. */
  readonly idempotency?: { readonly header: string; readonly methods: readonly string[]; readonly maxLength?: number };
  readonly retry?: {
    /** A header whose `true` or `false` settles whether to send again. */
    readonly verdictHeader?: string;
    readonly rules?: readonly RetryRule[];
  };
  readonly rateLimits?: readonly RateLimit[];
  /** `none` where answers tell of no quota. @default the standard's header `RateLimit` */
  readonly rateLimitHeaders?: RateLimitHeaders | "none";
  /**
   * `trusted`: what answers say in `Cache-Control` and `Expires` holds for a cache. Otherwise only what forbids to store is
   * heard, and that not where a call says itself how old an answer it takes: many APIs send `no-store` with everything.
   */
  readonly cacheControl?: "trusted";
  /** The first is what most lists do; facts name the operations that do otherwise. */
  readonly pagination?: readonly Pagination[];
  readonly errors: ErrorFacts;
}

/** What one operation does otherwise than its profile says. */
export interface OperationFacts {
  /** Origin and base path of its own; the origin must be the profile's or one of its `origins`. */
  readonly server?: string;
  readonly body?: BodyForm;
  readonly query?: Readonly<Record<string, QueryStyle>>;
  /** All that hold slashes; it replaces what the facts say of all operations. */
  readonly multiSegment?: readonly string[];
  readonly safety?: Safety;
  readonly bucket?: string;
}

/** How one list differs from the profile's first pagination. */
export interface PageFacts {
  /** @default "GET" */
  readonly method?: string;
  /** Index into the profile's `pagination`. @default 0 */
  readonly style?: number;
  /** Where its items are, if elsewhere. */
  readonly items?: Path;
}

/** What the document says and the profile does not: generated, and only the exceptions. */
export interface ProviderFacts {
  /** The API version that the document describes. */
  readonly version: string;
  /** Path parameters that hold slashes of their own wherever they stand. */
  readonly multiSegment?: readonly string[];
  /** Servers that hold all operations below a path; one of an operation's own goes before. */
  readonly servers?: Readonly<Record<string, string>>;
  /** By `METHOD /path/{template}`. */
  readonly operations: Readonly<Record<string, OperationFacts>>;
  /** By path template. */
  readonly pages: Readonly<Record<string, PageFacts>>;
}
