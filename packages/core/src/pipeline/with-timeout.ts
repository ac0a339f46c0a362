import { TimeoutError } from "../errors/call-errors.js";
import type { Clock } from "../platform/clock.js";
import { onAbort } from "../platform/on-abort.js";
import { SharedTimer, type TimedCallback } from "../platform/shared-timer.js";
import type { Call } from "./call.js";
import { onBodyEnd } from "./on-body-end.js";
import type { Reply } from "./reply.js";

// How long the work may take to report its own error, once the limit is exceeded.
const graceMs = 10;

/** The limit under which work runs. */
export interface TimeLimit extends Pick<Call, "operation"> {
  readonly limit: TimeoutError["limit"];
  readonly limitMs: number;
  /** When it ends, by the monotonic clock. @default `limitMs` from now */
  readonly dueAtMs?: number | undefined;
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

/** The work whose signal it is: an attempt under the signal of its call shares the call's timer, and is notified of an abort without an event. */
const workOf = Symbol("work");

type SignalOfWork = AbortSignal & { [workOf]?: LimitedWork | undefined };

/** Work under way: one object, because every call and every attempt has one, and closures that share their variables take longer. */
class LimitedWork<T extends object = object> implements TimedCallback {
  readonly controller = new AbortController();
  readonly dueAtMs: number;
  readonly #limit: TimeLimit;
  readonly #clock: Clock;
  readonly #timer: SharedTimer;
  readonly #settlement: Settlement<T>;
  #isSettled = false;
  #cancelGrace: (() => void) | undefined;
  #stopListening: (() => void) | undefined;
  /** The work under whose signal this one runs: the call of an attempt. */
  readonly #parent: LimitedWork | undefined;
  #child: LimitedWork | undefined;

  constructor(limit: TimeLimit, clock: Clock, settlement: Settlement<T>) {
    this.#limit = limit;
    this.#clock = clock;
    this.#settlement = settlement;
    this.dueAtMs = limit.dueAtMs ?? clock.monotonic() + limit.limitMs;
    const signal: SignalOfWork = this.controller.signal;
    signal[workOf] = this as LimitedWork;
    const parent = (limit.signal as SignalOfWork | undefined)?.[workOf];
    const isChild = parent !== undefined && parent.#clock === clock && !parent.#child;
    this.#timer = isChild ? parent.#timer : new SharedTimer(clock);
    if (isChild) {
      this.#parent = parent;
      parent.#child = this as LimitedWork;
    } else if (limit.signal) this.#listen(limit.signal);
  }

  /** Sets its time limit. A call does so after its attempt, and finds a timer that fires early enough. */
  start(): void {
    if (!this.#isSettled) this.#timer.add(this);
  }

  succeed(result: T): void {
    this.#settle();
    onBodyEnd(result as Partial<Reply>, () => this.#leaveSignal());
    this.#settlement.resolve(result);
  }

  fail(reason: unknown): void {
    this.#settle();
    this.#leaveSignal();
    this.#settlement.reject(reason);
  }

  /** The signal aborts. */
  handleEvent(): void {
    const reason: unknown = this.#limit.signal?.reason;
    // The deadline passed while an attempt was under way: from here on its outcome is not known.
    if (TimeoutError.isInstance(reason)) reason.maybeSent = true;
    this.#abort(reason);
    this.fail(reason);
  }

  onDue(): void {
    const { operation, limit, limitMs } = this.#limit;
    const reason = createTimeoutError(operation.id, limit, limitMs);
    this.#abort(reason);
    this.#cancelGrace = this.#clock.schedule(graceMs, () => {
      // Work that ignores its signal may have sent the request.
      reason.maybeSent = true;
      this.fail(reason);
    });
  }

  #abort(reason: unknown): void {
    this.controller.abort(reason);
    this.#child?.handleEvent();
  }

  #settle(): void {
    this.#isSettled = true;
    this.#timer.remove(this);
    this.#cancelGrace?.();
  }

  #listen(signal: AbortSignal): void {
    // The signal of a call is its caller's, who may use it for many; that of an attempt belongs to one call.
    if (this.#limit.limit === "deadline") this.#stopListening = onAbort(signal, () => this.handleEvent());
    else signal.addEventListener("abort", this);
  }

  #leaveSignal(): void {
    // Platforms keep signals for a while, and with them would keep the result.
    const own: SignalOfWork = this.controller.signal;
    own[workOf] = undefined;
    if (this.#parent) {
      if (this.#parent.#child === this) this.#parent.#child = undefined;
    } else if (this.#stopListening) this.#stopListening();
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
    work.start();
  });
}
