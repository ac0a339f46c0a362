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

/**
 * Runs a call, one attempt of it, or one read of a stream under a limit and the call's signal, combined in one signal. An
 * abort ends it at once even if the work ignores the signal, and the limit at the latest 10 ms after it was exceeded. A
 * stream continues under the signal, without the limit.
 */
export function withTimeout<T extends object>(
  { operation, limit, limitMs, signal }: TimeLimit,
  clock: Clock,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // One promise and one listener, because this wraps every call and every attempt.
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    let cancelTimer = clock.schedule(limitMs, () => {
      const reason = createTimeoutError(operation.id, limit, limitMs);
      controller.abort(reason);
      cancelTimer = clock.schedule(graceMs, () => {
        // Work that ignores its signal may have sent the request.
        reason.maybeSent = true;
        fail(reason);
      });
    });
    let stopListening = () => signal?.removeEventListener("abort", abort);
    const fail = (reason: unknown) => {
      cancelTimer();
      stopListening();
      reject(reason);
    };
    const abort = () => {
      const reason: unknown = signal?.reason;
      // The deadline passed while an attempt was under way: from here on its outcome is not known.
      if (TimeoutError.isInstance(reason)) reason.maybeSent = true;
      controller.abort(reason);
      fail(reason);
    };
    // The signal of a call is its caller's, who may use it for many; that of an attempt belongs to one call.
    if (signal && limit === "deadline") stopListening = onAbort(signal, abort);
    else signal?.addEventListener("abort", abort);
    try {
      run(controller.signal).then((result) => {
        cancelTimer();
        onBodyEnd(result as Partial<Reply>, stopListening);
        resolve(result);
      }, fail);
    } catch (error) {
      fail(error);
    }
  });
}
