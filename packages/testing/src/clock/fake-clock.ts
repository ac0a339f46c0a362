import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "@connectry/core";

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Moves time forward, firing what falls due in its order, and lets what waited for it run. */
  advance(elapsedMs: number): Promise<void>;
  /** How many timers and sleeps are waiting. */
  readonly pendingTimers: number;
}

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

// Promises resolve one after another; one turn of the event loop runs them all, also those that they make.
async function settle(): Promise<void> {
  await turn();
  await turn();
}

/** A clock for tests. The wall clock starts at `startMs`, the monotonic one at 0; both move together. @default 2026-01-01 */
export function fakeClock(startMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let elapsed = 0;
  const timers = new Set<Timer>();

  const schedule = (delayMs: number, callback: () => void) => {
    const timer: Timer = { atMs: elapsed + Math.max(0, delayMs), callback };
    timers.add(timer);
    return () => void timers.delete(timer);
  };

  const sleep = (delayMs: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = schedule(delayMs, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      signal?.addEventListener("abort", onAbort, { once: true });
    });

  // Insertion order decides between timers that are due at the same time.
  const next = (untilMs: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers)
      if (timer.atMs <= untilMs && (first === undefined || timer.atMs < first.atMs)) first = timer;
    return first;
  };

  const advance = async (elapsedMs: number) => {
    const until = elapsed + elapsedMs;
    await settle();
    for (let timer = next(until); timer !== undefined; timer = next(until)) {
      timers.delete(timer);
      elapsed = Math.max(elapsed, timer.atMs);
      timer.callback();
      await settle();
    }
    elapsed = until;
  };

  return {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    sleep,
    schedule,
    advance,
    get pendingTimers() {
      return timers.size;
    },
  };
}
