import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "@connectry/core";

/** A clock whose time only moves when a test advances it. */
export interface FakeClock extends Clock {
  /** Moves time forward, fires the timers that fall due in their order, and lets the code that waited for them run. */
  advance(elapsedMs: number): Promise<void>;
  /** The number of timers and sleeps that have not fired yet. */
  readonly pendingTimers: number;
}

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

// One turn of the event loop runs every promise reaction that is queued, and those that they queue in turn.
async function settle(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/**
 * Creates a clock for tests. The wall clock starts at `startMs` (milliseconds since the epoch), the monotonic clock at 0;
 * both move together.
 *
 * @param startMs @default 2026-01-01T00:00:00Z
 */
export function fakeClock(startMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let nowMs = 0;
  const timers = new Set<Timer>();

  const schedule = (delayMs: number, callback: () => void) => {
    const timer: Timer = { atMs: nowMs + Math.max(0, delayMs), callback };
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

  // Timers that fall due at the same time fire in the order in which they were scheduled.
  const nextDue = (untilMs: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers)
      if (timer.atMs <= untilMs && (first === undefined || timer.atMs < first.atMs)) first = timer;
    return first;
  };

  const advance = async (elapsedMs: number) => {
    const untilMs = nowMs + elapsedMs;
    await settle();
    for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
      timers.delete(timer);
      nowMs = Math.max(nowMs, timer.atMs);
      timer.callback();
      await settle();
    }
    nowMs = untilMs;
  };

  return {
    now: () => startMs + nowMs,
    monotonic: () => nowMs,
    sleep,
    schedule,
    advance,
    get pendingTimers() {
      return timers.size;
    },
  };
}
