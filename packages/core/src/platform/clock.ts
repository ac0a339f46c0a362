import { abortable } from "./abortable.js";

/** Time as the core sees it: passed in, so that a test can stop and move it. */
export interface Clock {
  /** Wall clock, in milliseconds since the epoch: for HTTP dates and what people read. */
  now(): number;
  /** A clock that never jumps, in milliseconds from an arbitrary start: for deadlines and waits. */
  monotonic(): number;
  /** Resolves after the delay; rejects with the signal's reason as soon as it aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls the callback once after the delay. Returns a function that cancels the call. */
  schedule(delayMs: number, callback: () => void): () => void;
}

// Node fires a timer above this after 1 ms, so a longer wait is made of several.
const maxTimerMs = 2 ** 31 - 1;

function schedule(delayMs: number, callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const arm = (leftMs: number) => {
    timer =
      leftMs > maxTimerMs
        ? setTimeout(arm, maxTimerMs, leftMs - maxTimerMs)
        : setTimeout(callback, Math.max(0, leftMs));
  };
  arm(delayMs);
  return () => clearTimeout(timer);
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (delayMs, signal) => abortable(signal, (resolve) => schedule(delayMs, resolve as () => void)),
  schedule,
};
