import type { JsonPath } from "../platform/json-path.js";

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

/** The object that a provider puts what it responds with in. */
export interface EnvelopeFacts {
  /** The member that has it: `data` in `{ "data": { "id": 1 } }`. */
  readonly field: string;
  /**
   * What else an envelope may have that a caller can do without, such as the link to the next page, which `paginate` follows. A response
   * that the document describes with other members keeps its envelope.
   */
  readonly beside?: readonly string[];
}

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
