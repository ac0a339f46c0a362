import type { Clock } from "../platform/clock.js";

// A wait lasts between one and two of these.
const tickMs = 5;

/** Waits for what usually comes at once: for 5 to 10 ms, or until an abort. It answers "late" then, and never rejects. */
export type ShortWait = <T>(work: Promise<T>, signal: AbortSignal | undefined) => Promise<T | "late">;

/** Makes such waits with one timer for all of them: one for each would take longer than what is waited for. */
export function createShortWait(clock: Clock): ShortWait {
  const waiting = new Map<() => void, "new" | "old">();
  let isTicking = false;
  const arm = () => {
    isTicking = waiting.size > 0;
    if (isTicking) clock.schedule(tickMs, tick);
  };
  const tick = () => {
    for (const [giveUp, age] of waiting) {
      if (age === "old") giveUp();
      else waiting.set(giveUp, "old");
    }
    arm();
  };
  return (work, signal) =>
    new Promise((resolve) => {
      const leave = () => {
        waiting.delete(giveUp);
        signal?.removeEventListener("abort", giveUp);
      };
      const giveUp = () => {
        leave();
        resolve("late");
      };
      signal?.addEventListener("abort", giveUp);
      waiting.set(giveUp, "new");
      if (!isTicking) arm();
      work.then((result) => {
        leave();
        resolve(result);
      }, giveUp);
    });
}
