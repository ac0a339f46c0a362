import { abortable } from "./abortable.js";

/** Time as the core sees it: passed in, so that a test can stop and move it. */
export interface Clock {
  /** Wall clock, in milliseconds since the epoch: for HTTP dates and what people read. */
  now(): number;
  /** A clock that never jumps, in milliseconds from an arbitrary start: for deadlines and waits. */
  monotonic(): number;
  /** Resolves after the delay; rejects with the signal's reason as soon as it aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls the callback once after the delay, which the system clock rounds up to whole milliseconds. Returns a function that cancels the call. */
  schedule(delayMs: number, callback: () => void): () => void;
}

// Node fires a timer above this after 1 ms, so a longer wait is made of several.
const maxTimerMs = 2 ** 31 - 1;

const { setTimeout: platformsTimeout } = globalThis;

let aheadMs = 0;
let lastMs = 0;

/** The time of `performance`, which begins anew where a test installs a fake clock: never earlier than the time before. */
function monotonic(): number {
  const nowMs = performance.now();
  aheadMs = Math.max(aheadMs, lastMs - nowMs);
  lastMs = nowMs + aheadMs;
  return lastMs;
}

function schedule(delayMs: number, callback: () => void): () => void {
  // A fake clock fires a timer below 1 ms, and time does not move: what waits for a time would wait for ever.
  const waitMs = Math.max(0, Math.ceil(delayMs));
  const dueMs = monotonic() + waitMs;
  const fire = () => {
    // Some fake clocks move timers and leave `performance` as it is. Node fires a timer up to 1 ms early.
    lastMs = Math.max(lastMs, dueMs - 1);
    callback();
  };
  // A fake clock may replace both functions before the timer is cancelled.
  const { setTimeout, clearTimeout } = globalThis;
  let timer: ReturnType<typeof setTimeout>;
  const arm = (leftMs: number) => {
    timer = leftMs > maxTimerMs ? setTimeout(arm, maxTimerMs, leftMs - maxTimerMs) : setTimeout(fire, leftMs);
  };
  arm(waitMs);
  return () => {
    // One that was removed has forgotten its timers: to clear one then makes that of node:test forget those of later tests.
    if (setTimeout === platformsTimeout || setTimeout === globalThis.setTimeout) clearTimeout(timer);
  };
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic,
  sleep: (delayMs, signal) => abortable(signal, (resolve) => schedule(delayMs, resolve as () => void)),
  schedule,
};
