import { TimeoutError } from "../errors/timeout-error.js";
import type { Clock } from "../platform/clock.js";
import type { Call } from "./call.js";
import { onBodyEnd } from "./on-body-end.js";
import type { Reply } from "./reply.js";
import { timedOut } from "./timed-out.js";

// How long what runs may take to say what was lost, once its time is up.
const graceMs = 10;

/** What runs under a limit: a call, or what one is made of. */
export interface Limited extends Pick<Call, "operation"> {
  /** An abort from outside. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs a call, one attempt of it, or one read of a stream under a limit and the call's signal, as one signal. Even if what runs ignores that, an abort ends it at once, and the
 * limit at the latest 10 ms after it was met. A stream goes on under the signal, without the limit.
 */
export function withLimit<T extends object>(
  clock: Clock,
  limit: TimeoutError["limit"],
  limitMs: number,
  { operation, signal }: Limited,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // One promise and one listener: this stands around every call and every attempt.
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    let cancelTimer = clock.schedule(limitMs, () => {
      const reason = timedOut(operation.id, limit, limitMs);
      controller.abort(reason);
      cancelTimer = clock.schedule(graceMs, () => fail(reason));
    });
    const leave = () => signal?.removeEventListener("abort", onAbort);
    const fail = (reason: unknown) => {
      cancelTimer();
      leave();
      reject(reason);
    };
    const onAbort = () => {
      const reason: unknown = signal?.reason;
      // A deadline that passes while an attempt is under way: from here on nobody knows what became of it.
      if (TimeoutError.isInstance(reason)) reason.maybeSent = true;
      controller.abort(reason);
      fail(reason);
    };
    signal?.addEventListener("abort", onAbort);
    run(controller.signal).then((result) => {
      cancelTimer();
      onBodyEnd(result as Partial<Reply>, leave);
      resolve(result);
    }, fail);
  });
}
