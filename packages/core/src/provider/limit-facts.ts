import type { JsonPath } from "../platform/json-path.js";
import type { ResetUnit } from "./reply-facts.js";

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

/**
 * What operations of GraphQL cost of a quota that responses report, as GitHub has it: a document takes what its last response says,
 * before its next response is there.
 */
export interface QuotaCost {
  /** The operations that it applies to, as that of a rate limit. */
  readonly bucket: string;
  /** Where the JSON of a response says what its operation cost. */
  readonly cost: JsonPath;
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
  /** Each operation has a quota of its own: when it is used up, the others of its bucket are sent all the same. @default they share that of the bucket */
  readonly perOperation?: true;
  /** The quotas of operations of which there was no response yet, by their bucket; without a header, of all. */
  readonly buckets?: Readonly<Record<string, string>>;
  /** Path parameters whose values have a quota of their own each, under the same name. */
  readonly parameters?: readonly string[];
  /** The response header whose `true` says that a limit of all operations was reached, in lower case. */
  readonly global?: string;
}
