import { TimeoutError } from "../errors/timeout-error.js";
import type { Deadline } from "../pipeline/call.js";
import { onBodyEnd } from "../pipeline/on-body-end.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";

// How long the pipeline may take to say what was lost, once the deadline has passed.
const graceMs = 10;

/** What bounds one call: its deadline and its caller's signal, as one signal. */
export interface CallScope {
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
}

/**
 * Runs a call under its deadline and its caller's signal. Whatever it is busy with, and even if that ignores the
 * signal, an abort ends it at once, and the deadline at the latest 10 ms after it.
 */
export async function inScope(
  operation: string,
  deadlineMs: number,
  signal: AbortSignal | undefined,
  clock: Clock,
  run: (scope: CallScope) => Promise<Reply>,
): Promise<Reply> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let giveUp: (reason: unknown) => void = () => {};
  const onAbort = () => {
    controller.abort(signal?.reason);
    giveUp(signal?.reason);
  };
  let cancelTimer = () => {};
  const stopTimer = () => cancelTimer();
  if (deadlineMs !== Number.POSITIVE_INFINITY) {
    cancelTimer = clock.schedule(deadlineMs, () => {
      const message = `${operation}: not done within its deadline of ${deadlineMs} ms.`;
      const reason = new TimeoutError(message, { operation, limit: "deadline", limitMs: deadlineMs });
      controller.abort(reason);
      cancelTimer = clock.schedule(graceMs, () => giveUp(reason));
    });
  }
  signal?.addEventListener("abort", onAbort, { once: true });
  const unlink = () => signal?.removeEventListener("abort", onAbort);
  const deadline = { atMs: clock.monotonic() + deadlineMs, allowedMs: deadlineMs };
  try {
    const reply = await new Promise<Reply>((resolve, reject) => {
      giveUp = reject;
      run({ deadline, signal: controller.signal }).then(resolve, reject);
    });
    // A stream goes on under the caller's signal, without the deadline.
    return onBodyEnd(reply, unlink);
  } catch (error) {
    unlink();
    throw error;
  } finally {
    stopTimer();
  }
}
