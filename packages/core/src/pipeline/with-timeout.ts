import { TimeoutError } from "../errors/call-errors.js";
import type { Clock } from "../platform/clock.js";
import { onAbort } from "../platform/on-abort.js";
import type { Call } from "./call.js";
import { onBodyEnd } from "./on-body-end.js";
import type { Reply } from "./reply.js";

// How long the work may take to report its own error, once the limit is exceeded.
const graceMs = 10;

/** The limit under which work runs. */
export interface TimeLimit extends Pick<Call, "operation"> {
  readonly limit: TimeoutError["limit"];
  readonly limitMs: number;
  /** An abort from outside. */
  readonly signal: AbortSignal | undefined;
}

const options = { attempt: "attemptTimeoutMs", deadline: "deadlineMs", idle: "idleTimeoutMs" };
const subjects = { attempt: "attempt", deadline: "call", idle: "stream" };

/** The error of an exceeded limit: of an attempt, of the whole call, or of the silence of a stream. */
export function createTimeoutError(operation: string, limit: TimeoutError["limit"], limitMs: number): TimeoutError {
  const message = `${subjects[limit]} timed out after ${limitMs} ms (${options[limit]}).`;
  // An attempt may have been sent as soon as it has a limit.
  return new TimeoutError(message, { operation, limit, limitMs, maybeSent: limit === "attempt" });
}

/** Settles the promise of the work. */
interface Settlement<T> {
  resolve(result: T): void;
  reject(reason: unknown): void;
}

/** Work under way: one object, because every call and every attempt has one, and closures that share their variables take longer. */
class LimitedWork<T extends object> {
  readonly controller = new AbortController();
  readonly #limit: TimeLimit;
  readonly #clock: Clock;
  readonly #settlement: Settlement<T>;
  #cancelTimer: () => void;
  #stopListening: (() => void) | undefined;

  constructor(limit: TimeLimit, clock: Clock, settlement: Settlement<T>) {
    this.#limit = limit;
    this.#clock = clock;
    this.#settlement = settlement;
    this.#cancelTimer = clock.schedule(limit.limitMs, () => this.#exceed());
    const { signal } = limit;
    if (!signal) return;
    // The signal of a call is its caller's, who may use it for many; that of an attempt belongs to one call.
    if (limit.limit === "deadline") this.#stopListening = onAbort(signal, () => this.handleEvent());
    else signal.addEventListener("abort", this);
  }

  succeed(result: T): void {
    this.#cancelTimer();
    onBodyEnd(result as Partial<Reply>, () => this.#leaveSignal());
    this.#settlement.resolve(result);
  }

  fail(reason: unknown): void {
    this.#cancelTimer();
    this.#leaveSignal();
    this.#settlement.reject(reason);
  }

  /** The signal aborts. */
  handleEvent(): void {
    const reason: unknown = this.#limit.signal?.reason;
    // The deadline passed while an attempt was under way: from here on its outcome is not known.
    if (TimeoutError.isInstance(reason)) reason.maybeSent = true;
    this.controller.abort(reason);
    this.fail(reason);
  }

  #exceed(): void {
    const { operation, limit, limitMs } = this.#limit;
    const reason = createTimeoutError(operation.id, limit, limitMs);
    this.controller.abort(reason);
    this.#cancelTimer = this.#clock.schedule(graceMs, () => {
      // Work that ignores its signal may have sent the request.
      reason.maybeSent = true;
      this.fail(reason);
    });
  }

  #leaveSignal(): void {
    if (this.#stopListening) this.#stopListening();
    else this.#limit.signal?.removeEventListener("abort", this);
  }
}

/**
 * Runs a call, one attempt of it, or one read of a stream under a limit and the call's signal, combined in one signal. An
 * abort ends it at once even if the work ignores the signal, and the limit at the latest 10 ms after it was exceeded. A
 * stream continues under the signal, without the limit.
 */
export function withTimeout<T extends object>(
  limit: TimeLimit,
  clock: Clock,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (limit.signal?.aborted) return reject(limit.signal.reason);
    const work = new LimitedWork<T>(limit, clock, { resolve, reject });
    const fail = (reason: unknown) => work.fail(reason);
    try {
      run(work.controller.signal).then((result) => work.succeed(result), fail);
    } catch (error) {
      fail(error);
    }
  });
}
