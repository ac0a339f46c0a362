import type { Random } from "../platform/random.js";

const baseMs = { transient: 50, throttled: 1_000 };
const capMs = 20_000;

/**
 * How long to wait before another attempt. Without a hint of the provider, full jitter: uniform between 0 and a bound
 * that doubles with each failure, 20 s at most. With one, never less than that, and a little more, so that its callers
 * do not return as one.
 */
export function waitMs(
  kind: keyof typeof baseMs,
  failures: number,
  hintMs: number | undefined,
  random: Random,
): number {
  const backoffMs = random() * Math.min(baseMs[kind] * 2 ** (failures - 1), capMs);
  return hintMs === undefined ? backoffMs : Math.max(hintMs + random() * Math.min(1_000, 10 + hintMs / 10), backoffMs);
}
