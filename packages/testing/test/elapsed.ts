import { setTimeout as sleep } from "node:timers/promises";

/** How long something takes, in milliseconds. */
export async function elapsedMs(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** The shortest of five durations of the same work, in milliseconds: it has the least of what else the machine does. */
export async function bestOfMs(work: () => unknown): Promise<number> {
  let bestMs = Infinity;
  for (let round = 0; round < 5; round += 1) bestMs = Math.min(bestMs, await elapsedMs(work));
  return bestMs;
}

/** The least time that a timer takes here, in milliseconds: it may fire up to one too early, and not much later than it should. */
export async function timerMs(delayMs: number): Promise<number> {
  return Math.min(delayMs, await bestOfMs(() => sleep(delayMs))) - 1;
}
