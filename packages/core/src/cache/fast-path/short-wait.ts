import type { Clock } from "../../platform/clock.js";
import { onAbort } from "../../platform/on-abort.js";

// A wait lasts between one and two ticks.
const tickMs = 5;

/** Waits 5 to 10 ms for work that is usually quick, or until an abort; then it resolves to "late". It never rejects. */
export type ShortWait = <T>(work: Promise<T>, signal: AbortSignal | undefined) => Promise<T | "late">;

/** Creates waits that share one timer: a timer for each would take longer than the work. */
export function createShortWait(clock: Clock): ShortWait {
  const waiting = new Map<() => void, "new" | "old">();
  let tickAtMs = -Infinity;
  let cancelTick = () => {};
  const schedule = () => {
    cancelTick();
    tickAtMs = waiting.size > 0 ? clock.monotonic() + tickMs : -Infinity;
    if (waiting.size > 0) cancelTick = clock.schedule(tickMs, tick);
  };
  const tick = () => {
    for (const [giveUp, age] of waiting) {
      if (age === "old") giveUp();
      else waiting.set(giveUp, "old");
    }
    schedule();
  };
  return (work, signal) =>
    new Promise((resolve) => {
      const stopWaiting = () => {
        waiting.delete(giveUp);
        stopListening?.();
      };
      const giveUp = () => {
        stopWaiting();
        resolve("late");
      };
      const stopListening = signal && onAbort(signal, giveUp);
      waiting.set(giveUp, "new");
      // The tick is overdue where a fake clock was removed, and its timers with it.
      if (clock.monotonic() >= tickAtMs) schedule();
      work.then((result) => {
        stopWaiting();
        resolve(result);
      }, giveUp);
    });
}
