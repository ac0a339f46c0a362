import type { VerdictKind, WriteOutcome } from "../errors/call-errors.js";
import type { CacheOutcome } from "./reply.js";

/** What a response reported about one of the provider's quotas. */
export interface QuotaRecord {
  /** What distinguishes it from the provider's other quotas: its name, or that of the header that reports it. */
  readonly name: string;
  readonly remaining: number;
  /** Milliseconds until the quota is full again. */
  readonly resetMs: number;
}

/** One attempt of a call, as observers see it: a request that was admitted and sent. */
export interface AttemptRecord {
  /** 1 for the first. */
  readonly number: number;
  /** When it was sent, in milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** How long it waited for one of the `concurrency` slots. */
  readonly queueMs: number;
  /** How long it waited for a permit of a rate limit, a pause or a quota. */
  readonly permitMs: number;
  /** The provider's time: from sending to the end of the body; of a stream, to its headers. */
  readonly providerMs: number;
  /** HTTP status; undefined where no response arrived. */
  readonly status: number | undefined;
  /** Undefined where the attempt failed without a response, or was still under way when its call ended. */
  readonly verdict: VerdictKind | undefined;
  /** The provider's id of the response. */
  readonly requestId: string | undefined;
  /** How many requests were sent for it, where that is known to be more than one. */
  readonly requests: number | undefined;
  /** The size of the request body; of a stream, what was sent of it. */
  readonly requestBytes: number | undefined;
  /**
   * The decoded size of the response body; undefined where no response arrived. Of a stream, what was read of it: known once its call
   * has ended, and undefined where only the attempt has.
   */
  readonly responseBytes: number | undefined;
  readonly quotas: readonly QuotaRecord[];
}

/** The failure of a call: its class and the provider's code, without its message, which may repeat what was sent. */
export interface FailureRecord {
  /** The name of the error class, such as `RateLimitError`; `Error` for one that is not ours. */
  readonly name: string;
  /** The provider's own code, or the platform's for a lost connection. */
  readonly code: string | undefined;
  /** The name of the error that the failure was caused by, where it is one of ours. */
  readonly cause: string | undefined;
  /** What became of a write. */
  readonly outcome: WriteOutcome | undefined;
  /** How long to wait before another call, where that is known. */
  readonly retryAfterMs: number | undefined;
}

/** What is known of a call when it begins. It names neither tenant nor account. */
export interface CallStart {
  /** The id of the connector, such as `stripe`. */
  readonly provider: string;
  /** `POST /v1/customers`: method and path template. */
  readonly operation: string;
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** The rate-limit bucket. */
  readonly bucket: string;
  /** `background` for a request that the cache makes and no call waits for: a refresh, or what is left of a call that ended early. */
  readonly trigger: "call" | "background";
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** Host and port of the provider's address. */
  readonly serverAddress: string;
  readonly serverPort: number;
}

/** One call, at its end. */
export interface CallRecord extends CallStart {
  /** From the start to the result; of a stream, to the end of the body. */
  readonly durationMs: number;
  /** `aborted` where the caller's signal ended it. */
  readonly outcome: "success" | "failure" | "aborted";
  readonly failure: FailureRecord | undefined;
  /** The status of the last response. */
  readonly status: number | undefined;
  /** The provider's id of the last response. */
  readonly requestId: string | undefined;
  /** The requests of this call. None for a cache hit, and where the response to another call was used. */
  readonly attempts: readonly AttemptRecord[];
  /** The sums of all waits, those of an attempt that was never admitted included. */
  readonly queueMs: number;
  readonly permitMs: number;
  /** The waits between attempts. */
  readonly backoffMs: number;
  /** The time of all attempts at the provider. */
  readonly providerMs: number;
  /** What the cache did; `joined` where the call shared the request of another. Undefined where the client has no cache. */
  readonly cache: CacheOutcome | "joined" | undefined;
  /** How long ago the provider confirmed the data: 0 for its own response; undefined where there is no data. */
  readonly dataAgeMs: number | undefined;
  /** The cache tags of the call. */
  readonly tags: readonly string[];
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** What was left of the deadline; undefined where there is none. */
  readonly deadlineLeftMs: number | undefined;
  /** What the last response reported about quotas. */
  readonly quotas: readonly QuotaRecord[];
}

/** A client that is observed. */
export interface ClientRecord {
  readonly provider: string;
  /** The name as people write it, such as `Stripe`. */
  readonly name: string;
  /** The limits that apply: those of the plan, or of the provider's documentation. */
  readonly limits: readonly {
    readonly bucket: string;
    readonly limit: number;
    readonly perMs: number;
    /** `operation` where each operation has the limit of its own; `parameter channel` where each value of a parameter has. */
    readonly per: string | undefined;
    /** What a call costs of it, by method; `*` for all others. */
    readonly costs: Readonly<Record<string, number>>;
  }[];
  readonly concurrency: number;
  readonly hasCache: boolean;
}

/** One delivery of a webhook, at its end. */
export interface DeliveryRecord {
  /** The id of the scheme, such as `stripe`. */
  readonly scheme: string;
  /** The names of its events, each once; empty where the delivery was rejected. */
  readonly eventTypes: readonly string[];
  /** How many events it has. */
  readonly events: number;
  /**
   * The worst outcome of its events. `rejected`: its signature or its form; `failed`: a handler, the queue or the inbox;
   * `busy`: another caller processes an event; `duplicate`: all were processed before; `ignored`: no handler takes them.
   */
  readonly outcome: "processed" | "duplicate" | "ignored" | "handshake" | "busy" | "failed" | "rejected";
  /** Why it was rejected. */
  readonly reason: string | undefined;
  /** The status of the response. */
  readonly status: number;
  /** When it arrived, in milliseconds since the epoch. */
  readonly receivedAtMs: number;
  /** The time from its arrival to its response. */
  readonly durationMs: number;
  /** The time from its signature to its arrival; undefined where the provider sends no timestamp. */
  readonly ageMs: number | undefined;
  /** 1 for the first delivery; undefined where the provider does not say. */
  readonly attempt: number | undefined;
}
