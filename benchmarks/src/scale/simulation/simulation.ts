import type { Core } from "../load-core.ts";
import { createEventQueue } from "./event-queue.ts";
import { countCrypto, settled } from "./settled.ts";

/** The clock that all simulated processes have. */
export type SimulatedClock = Core["systemClock"];

/** A time that passes only from event to event. */
export interface Simulation {
  readonly clock: SimulatedClock;
  /** Runs something at a time, in milliseconds since the begin. Returns a function that cancels it. */
  at(atMs: number, run: () => void): () => void;
  /** Runs all events up to a time, or until this has come true. */
  runUntil(endsAtMs: number, isOver?: () => boolean): Promise<void>;
}

// Any time that is not 0, so that a time that was forgotten shows.
const startedAtMs = Date.UTC(2030, 0, 1);

/** Creates a simulation. There may be only one at a time in a process. */
export function createSimulation(): Simulation {
  const queue = createEventQueue();
  let nowMs = 0;
  countCrypto();

  const clock: SimulatedClock = {
    now: () => Math.floor(startedAtMs + nowMs),
    monotonic: () => nowMs,
    // As the system clock does: whole milliseconds, rounded up.
    schedule: (delayMs, callback) => queue.add(nowMs + Math.max(0, Math.ceil(delayMs)), callback),
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        const onAbort = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = clock.schedule(delayMs, () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        });
        if (signal?.aborted) onAbort();
        else signal?.addEventListener("abort", onAbort, { once: true });
      }),
  };

  return {
    clock,
    at: (atMs, run) => queue.add(Math.max(atMs, nowMs), run),
    async runUntil(endsAtMs, isOver = () => false) {
      await settled();
      for (;;) {
        const atMs = queue.nextAtMs();
        if (atMs === undefined || atMs > endsAtMs || isOver()) break;
        nowMs = atMs;
        // Events of one moment belong together, as those of one turn of the event loop.
        while (queue.nextAtMs() === nowMs) queue.runNext();
        await settled();
      }
      nowMs = Math.max(nowMs, Math.min(endsAtMs, queue.nextAtMs() ?? endsAtMs));
    },
  };
}
