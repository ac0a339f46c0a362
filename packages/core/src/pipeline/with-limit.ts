import { TimeoutError } from "../errors/timeout-error.js";
import { abortable } from "../platform/abortable.js";
import type { Clock } from "../platform/clock.js";
import type { Reply } from "./reply.js";
import { timedOut } from "./timed-out.js";

// How long what runs may take to say what was lost, once its time is up.
const graceMs = 10;

/** What bounds a call, one attempt of it, or one read of a stream. */
export interface Limit {
  readonly limit: TimeoutError["limit"];
  readonly limitMs: number;
  /** The operation's id, for the error. */
  readonly operation: string;
  /** An abort from outside. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs under a limit and a signal, as one signal. Even if what runs ignores that, an abort ends it at once, and the
 * limit at the latest 10 ms after it was met. A stream goes on under the signal, without the limit.
 */
export async function withLimit<T extends object>(
  clock: Clock,
  { limit, limitMs, operation, signal }: Limit,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const follow = () => {
    // A deadline that passes while an attempt is under way: from here on nobody knows what became of it.
    if (TimeoutError.isInstance(signal?.reason)) signal.reason.maybeSent = true;
    controller.abort(signal?.reason);
  };
  const result = await abortable<T>(signal, (resolve, reject) => {
    let cancelTimer = clock.schedule(limitMs, () => {
      const reason = timedOut(operation, limit, limitMs);
      controller.abort(reason);
      cancelTimer = clock.schedule(graceMs, () => reject(reason));
    });
    run(controller.signal).then(resolve, reject);
    return () => {
      cancelTimer();
      if (signal?.aborted) follow();
    };
  });
  const { ended } = result as Partial<Reply>;
  if (ended !== undefined) {
    signal?.addEventListener("abort", follow);
    void ended.then(() => signal?.removeEventListener("abort", follow));
  }
  return result;
}
