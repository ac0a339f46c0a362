import type { Quota } from "../pipeline/strategies.js";

// Responses of the same window report its end with some jitter.
const sameWindowMs = 1_000;
// A rejection usually arrives within this time, so what takes longer does not hold back other calls.
const probeMs = 1_000;
// More names than any provider has: they are the provider's own text.
const maxWindows = 20;

/** How much is left of a quota in its window. A pause is a quota of which nothing is left. */
interface QuotaWindow {
  readonly name: string;
  left: number;
  endsAtMs: number;
}

/**
 * What a provider's responses say about one tenant's bucket, operation or quota: blocked until the end of a pause, or until a
 * quota is full again. Then one call is sent as a probe, and the others wait for its response, for a second at most. A class with
 * one short list, because a client may keep a state for each of 100,000 tenants.
 */
export class ThrottleState {
  /** The time until which the other calls wait for the response to a probe; it may arrive at any time before. */
  probedUntilMs = 0;
  private windows: QuotaWindow[] = [];

  /** The time until which calls are blocked, on the monotonic clock: in the past where a probe is due, 0 where nothing is. */
  blockedUntilMs(): number {
    return Math.max(0, ...this.windows.map(({ left, endsAtMs }) => (left < 1 ? endsAtMs : 0)));
  }

  /** Sets what is left of a quota until it is full again. Within one window it only falls. */
  update({ name, remaining, resetMs }: Quota, nowMs: number): void {
    const known = this.windows.find((window) => window.name === name);
    const endsAtMs = Math.ceil(nowMs + resetMs);
    if (known && known.endsAtMs > nowMs && endsAtMs <= known.endsAtMs + sameWindowMs) {
      known.left = Math.min(known.left, remaining);
      known.endsAtMs = Math.max(known.endsAtMs, endsAtMs);
    } else {
      const others = this.windows.filter((window) => window !== known);
      this.windows = [{ name, left: remaining, endsAtMs }, ...others].slice(0, maxWindows);
    }
  }

  /** Blocks calls for so long. A pause that ends earlier than the present one changes nothing. */
  pause(pauseMs: number, nowMs: number): void {
    this.update({ name: "", remaining: 0, resetMs: pauseMs }, nowMs);
  }

  /** Counts a call that is sent now: a probe, where calls were blocked until now. */
  countCall(nowMs: number): void {
    this.windows = this.windows.filter((window) => {
      const isOver = window.endsAtMs <= nowMs;
      if (isOver && window.left < 1) this.probedUntilMs = Math.floor(nowMs) + probeMs;
      window.left -= 1;
      return !isOver;
    });
  }

  /** Takes note of the response to a call that was sent at this time; true where it is that of the probe. */
  endProbe(sentAtMs: number): boolean {
    const isEnded = this.probedUntilMs > 0 && sentAtMs >= this.probedUntilMs - probeMs;
    if (isEnded) this.probedUntilMs = 0;
    return isEnded;
  }
}
