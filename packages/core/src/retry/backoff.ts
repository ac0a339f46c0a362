import type { Random } from "../platform/random.js";

const baseMs = { transient: 50, throttled: 1_000 } as const;
const capMs = 20_000;

/** Full jitter: uniform between 0 and a bound that doubles with each attempt, 20 s at most. `attempt` is the one that failed. */
export function backoffMs(kind: "transient" | "throttled", attempt: number, random: Random): number {
  return random() * Math.min(baseMs[kind] * 2 ** (attempt - 1), capMs);
}

/** The wait before the next attempt: never less than the provider asked for, and a little more, so that its callers do not return as one. */
export function waitMs(hintMs: number | undefined, backoff: number, random: Random): number {
  if (hintMs === undefined) return backoff;
  return Math.max(hintMs + random() * Math.min(1_000, 10 + hintMs / 10), backoff);
}
