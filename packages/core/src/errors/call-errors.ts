import { ConnectryError } from "./connectry-error.js";

/** How a response or a failure is classified, which decides what may follow it. */
export type VerdictKind =
  /** The caller gets the response. */
  | "success"
  /** Sending the request again would not help. */
  | "failed"
  /** The same request may succeed soon. */
  | "transient"
  /** The provider wants fewer requests. */
  | "throttled"
  /** The credential was rejected: a refreshable one is refreshed, once. */
  | "reauthenticate";

/** The record of one attempt. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** HTTP status; undefined when no response arrived. */
  readonly status: number | undefined;
  readonly verdict: VerdictKind;
  /** Milliseconds waited before the next attempt; undefined on the last. */
  readonly waitedMs: number | undefined;
  /**
   * How many requests were sent for it, where that is known to be more than one: after a 421 (Misdirected Request), `fetch` sends
   * the request once more, on another connection.
   */
  readonly requests?: number | undefined;
}

/** What became of a write whose call failed. */
export type WriteOutcome =
  /** The provider reported success before the call failed. */
  | "applied"
  /** It was not executed, or was rejected. A read has no other outcome. */
  | "not-applied"
  /** It may have been applied, in whole or in part. */
  | "unknown";

/** What every failure of a call reports. */
export interface CallErrorInit {
  /** `POST /v1/customers`: the message begins with it. */
  readonly operation: string;
  readonly attempts?: readonly Attempt[];
  readonly cause?: unknown;
  readonly maybeSent?: boolean | undefined;
  /** @default "not-applied" */
  readonly outcome?: WriteOutcome;
  readonly idempotencyKey?: string | undefined;
}

/** A call that failed after its options were accepted: the subclasses say how. */
export class CallError<Init extends CallErrorInit = CallErrorInit> extends ConnectryError {
  static override readonly kind: string = "CallError";
  /** `POST /v1/customers`. */
  declare readonly operation: string;
  /**
   * Every attempt that was made, in order, connections that failed included. None was made where a limit or an open circuit prevented
   * it, or where nothing could be sent: a certificate that is not trusted, a header that the platform rejects.
   */
  declare attempts: readonly Attempt[];
  /** Where no usable response arrived: whether the last request can have reached the provider. */
  declare maybeSent?: boolean | undefined;
  /** What became of the write, all attempts together. Of a read it is always `not-applied`. */
  declare outcome: WriteOutcome;
  /** The idempotency key of the write, the caller's or a generated one: a call with the same key is applied at most once. */
  declare idempotencyKey?: string | undefined;

  /** The fields of `init` become properties of the error. */
  constructor(message: string, init: Init) {
    super(`${init.operation}: ${message}`, init);
    Object.assign(this, { attempts: [], outcome: "not-applied" }, init);
  }
}

/** What is known of a connection that failed. */
export interface NetworkErrorInit extends CallErrorInit {
  readonly code: string | undefined;
  readonly maybeSent: boolean;
  readonly isRejected?: boolean | undefined;
  readonly received?: number | undefined;
  readonly lastEventId?: string | undefined;
}

/** No response arrived: the connection was refused, reset or never established. */
export class NetworkError extends CallError<NetworkErrorInit> {
  static override readonly kind: string = "NetworkError";
  declare readonly name: "NetworkError";
  /** The platform's code, such as `ECONNRESET`, where it gives one. */
  declare readonly code: string | undefined;
  /** Whether the request can have reached the provider. `false` is certain: it was never sent. */
  declare maybeSent: boolean;
  /** Sending it again would not help: a certificate is not trusted, or the platform or a proxy rejects the request. */
  declare readonly isRejected?: boolean | undefined;
  /** Of a stream of events that was cut: how many had arrived. */
  declare readonly received?: number | undefined;
  /** Of a stream of events that was cut: the id of the last one that had an id. */
  declare readonly lastEventId?: string | undefined;
}

/** Which limit was exceeded, and how long it is. */
export interface TimeoutErrorInit extends CallErrorInit {
  readonly limit: "attempt" | "deadline" | "idle";
  readonly limitMs: number;
}

/** One attempt, an idle stream, or the whole call took longer than allowed. */
export class TimeoutError extends CallError<TimeoutErrorInit> {
  static override readonly kind: string = "TimeoutError";
  declare readonly name: "TimeoutError";
  /** Which limit was exceeded: `attemptTimeoutMs`, `deadlineMs` or `idleTimeoutMs`. */
  declare readonly limit: "attempt" | "deadline" | "idle";
  /** The limit in milliseconds. */
  declare readonly limitMs: number;
}

/**
 * A write was sent, and no usable response arrived: it was lost, too large, malformed, or a redirect that must not be followed.
 * The write may have been applied. `cause` is the error that a read would have ended in.
 */
export class OutcomeUnknownError extends CallError {
  static override readonly kind: string = "OutcomeUnknownError";
  declare readonly name: "OutcomeUnknownError";
  declare readonly outcome: "unknown";
}

/** When the circuit breaker lets a call through again. */
export interface CircuitOpenErrorInit extends CallErrorInit {
  readonly retryAfterMs: number;
}

/** The provider kept failing, so the circuit breaker did not send this call. */
export class CircuitOpenError extends CallError<CircuitOpenErrorInit> {
  static override readonly kind: string = "CircuitOpenError";
  declare readonly name: "CircuitOpenError";
  /** Milliseconds from now until a call is let through to see whether the provider has recovered. */
  declare readonly retryAfterMs: number;
}

/** As many calls as `maxQueued` are already waiting for a slot: nothing was sent. */
export class QueueFullError extends CallError {
  static override readonly kind: string = "QueueFullError";
  declare readonly name: "QueueFullError";
}

/** When there is quota again. */
export interface QuotaExceededErrorInit extends CallErrorInit {
  readonly retryAfterMs: number;
}

/** The wait for quota would last longer than the call's deadline, so it was not begun. */
export class QuotaExceededError extends CallError<QuotaExceededErrorInit> {
  static override readonly kind: string = "QuotaExceededError";
  declare readonly name: "QuotaExceededError";
  /** Milliseconds from now until this call could be sent. */
  declare readonly retryAfterMs: number;
}

/** What is known of a response that could not be read. */
export interface ResponseParseErrorInit extends CallErrorInit {
  readonly requestId?: string | undefined;
}

/** The status says success, but the body is not what was announced: truncated or malformed JSON, a page without items. */
export class ResponseParseError extends CallError<ResponseParseErrorInit> {
  static override readonly kind: string = "ResponseParseError";
  declare readonly name: "ResponseParseError";
  /** The id to quote when you ask the provider's support, where it is in a header of the response. */
  declare readonly requestId?: string | undefined;
}

/** The decoded body exceeds `maxResponseBytes`; reading stopped there. */
export class ResponseTooLargeError extends CallError {
  static override readonly kind: string = "ResponseTooLargeError";
  declare readonly name: "ResponseTooLargeError";
}

/** The provider redirected a request to an address that must not be followed: a write to another origin, or https to http. */
export class UnsafeRedirectError extends CallError {
  static override readonly kind: string = "UnsafeRedirectError";
  declare readonly name: "UnsafeRedirectError";
}
