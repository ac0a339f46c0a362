import type { CacheOptions } from "../pipeline/cache-options.js";
import type { CallSettings, Operation } from "../pipeline/call.js";
import type { AttemptRecord, CallRecord, CallStart, ClientRecord, DeliveryRecord } from "../pipeline/call-record.js";
import type { Policy, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Strategies } from "../pipeline/strategies.js";
import type { Clock } from "../platform/clock.js";
import type { JsonPath } from "../platform/json-path.js";
import type { RateLimit } from "../provider/profile.js";

/** Surrounds one attempt. */
export interface AttemptSpan {
  /** Runs the attempt, for instance in a context, and returns its result. */
  run?<T>(work: () => T): T;
  end?(attempt: AttemptRecord): void;
}

/** Surrounds one call. */
export interface CallSpan {
  /** Runs the call, for instance in a context, and returns its result. */
  run?<T>(work: () => T): T;
  /** Is called when an attempt is sent. */
  onAttempt?(attempt: { readonly number: number; readonly startedAtMs: number }): AttemptSpan | undefined;
  end?(call: CallRecord): void;
}

/** What an observer is notified of. Records are frozen. What a hook throws changes nothing, and is printed once. */
export interface ObserverHooks {
  /** A client that has the observer was created. */
  onClient?(client: ClientRecord): void;
  /** A call begins. */
  onStart?(call: CallStart): CallSpan | undefined;
  /** A call ended, in whatever way; also one that the cache served. */
  onCall?(call: CallRecord): void;
  /** A webhook was handled or rejected. */
  onDelivery?(delivery: DeliveryRecord): void;
}

/** What observers need to know about a client. */
export interface ObservationContext extends PolicyContext {
  readonly strategies: Strategies;
  readonly concurrency: number;
  readonly options: {
    readonly rateLimit?: false | { readonly limits?: readonly RateLimit[] | undefined } | undefined;
    readonly cache?: object | undefined;
  };
}

/** A prepared call, as far as it is observed. */
export interface ObservedCall {
  readonly operation: Operation;
  readonly init: { readonly cache?: CacheOptions | false | undefined; readonly signal?: AbortSignal | undefined };
  readonly limits: { readonly deadlineMs: number };
  readonly observation?: object | undefined;
}

/** A serialized request, as far as it is observed. */
export interface ObservedRequest {
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
  readonly settings: CallSettings & { readonly deadlineMs: number };
}

/** The result of a call, as far as it is observed. */
export interface ObservedOutcome {
  readonly error?: unknown;
  readonly response: Reply | undefined;
}

/** How the calls of a client are observed. */
export interface ClientObservation {
  sendCall<C extends ObservedCall, O extends ObservedOutcome>(send: (call: C) => Promise<O>): (call: C) => Promise<O>;
  startCall<R extends ObservedRequest>(start: (request: R) => Promise<Reply>): (request: R) => Promise<Reply>;
  readonly policies: {
    /** Inside the cache: each request that it makes. */
    readonly perFetch: Policy;
    /** Outside the rate limit, inside authentication. */
    readonly admission: Policy;
    /** Inside the rate limit: each attempt that was admitted. */
    readonly attempt: Policy;
  };
}

/** An endpoint of webhooks, as far as it is observed. */
export interface ObservedEndpoint {
  readonly scheme: string;
  readonly redeliveries?:
    | { readonly in: "header"; readonly name: string }
    | { readonly in: "body"; readonly path: JsonPath }
    | undefined;
  readonly clock: Clock;
  readonly header: (name: string) => string | null;
}

/** A delivery, as far as it is observed. */
export interface ObservedDelivery {
  readonly signedAtMs?: number | undefined;
  /** Undefined where it was rejected, or is a handshake. */
  readonly events?: readonly { readonly type: string; readonly payload: unknown }[];
  /** One for each event that was processed. */
  readonly outcomes?: readonly { readonly kind: "processed" | "done" | "busy" | "failed" | "inbox-unavailable" }[];
  /** Why it was rejected, or what failed. */
  readonly error?: unknown;
  readonly status: number;
}

/** Observes calls and webhooks: `consoleLog()`, `createObserver()` and others of `@connectry/core/observe`. */
export interface Observer {
  readonly hooks: ObserverHooks;
  /** Begins to observe a client, on behalf of all of its observers. */
  attach(context: ObservationContext, observers: readonly Observer[]): ClientObservation;
  /** Begins to observe a delivery, on behalf of all observers of its endpoint. The returned function ends it. */
  startDelivery(endpoint: ObservedEndpoint, observers: readonly Observer[]): (delivery: ObservedDelivery) => void;
}
