// The numbers of the adaptive mode of AWS's SDKs, which are those of CUBIC (RFC 9438, section 4.6):
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
export const reducedTo = 0.7;
export const growth = 0.4;
export const minPerSecond = 0.5;
// Most limits are counted by the minute at most, so that what is older says nothing.
export const forgottenMs = 60_000;
// Timers are late by less than this, and what they are late by is made up for.
const lateMs = 20;

/**
 * The rate at which a provider is called after it rejected a call: 0.7 of what it accepted before, rising slowly to that rate
 * and, if it does not reject again, ever faster beyond it.
 */
export class LearnedRate {
  /** When the next call may be sent. */
  pacedUntilMs: number;
  /** What the provider accepted in a second. */
  readonly acceptedPerSecond: number;
  /** The end of the pause, from which on the rate rises. */
  readonly fromMs: number;

  /** How long the pause was. */
  readonly pauseMs: number;

  constructor(acceptedPerSecond: number, fromMs: number, pauseMs: number) {
    this.pauseMs = pauseMs;
    this.acceptedPerSecond = acceptedPerSecond;
    this.fromMs = fromMs;
    this.pacedUntilMs = fromMs;
  }

  /** Calls per second at this time; Infinity where nothing is known any more. */
  perSecond(nowMs: number): number {
    const elapsedMs = Math.max(0, nowMs - this.fromMs);
    if (elapsedMs > forgottenMs) return Infinity;
    const plateauSeconds = Math.cbrt((this.acceptedPerSecond * (1 - reducedTo)) / growth);
    const rate = growth * (elapsedMs / 1_000 - plateauSeconds) ** 3 + this.acceptedPerSecond;
    return Math.max(minPerSecond, rate);
  }

  /** Counts a call that is sent now. */
  countCall(nowMs: number): void {
    this.pacedUntilMs = Math.max(this.pacedUntilMs, nowMs - lateMs) + 1_000 / this.perSecond(nowMs);
  }
}
