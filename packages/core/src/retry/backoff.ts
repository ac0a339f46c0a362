import type { Random } from "../platform/random.js";

const baseMs = { transient: 50, throttled: 1_000 };
const capMs = 20_000;

/** The failure after which an attempt is repeated. */
export interface RetryableFailure {
  readonly kind: keyof typeof baseMs;
  /** How many attempts have failed, this one included. */
  readonly failures: number;
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * How long to wait before another attempt, in milliseconds. Without a hint of the provider, full jitter: uniform between 0
 * and a bound that doubles with each failure, 20 s at most. With a hint, at least the hint, and at most a tenth and 10 ms more, so
 * that the callers do not all return at the same moment. A hint of 0 does not say how long to wait.
 */
export function backoffMs({ kind, failures, retryAfterMs: hintMs }: RetryableFailure, random: Random): number {
  const jitteredMs = random() * Math.min(baseMs[kind] * 2 ** (failures - 1), capMs);
  return hintMs ? hintMs + random() * Math.min(1_000, 10 + hintMs / 10) : jitteredMs;
}
