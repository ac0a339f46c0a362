import type { Quota } from "../pipeline/strategies.js";
import { LearnedRate } from "./learned-rate.js";

// Responses of the same window report its end with some jitter.
const sameWindowMs = 1_000;
// A rejection usually arrives within this time, so what takes longer does not hold back other calls.
const probeMs = 1_000;
// A provider that rejects a call without saying for how long is asked again after so long, and then twice as long each time.
const firstPauseMs = 1_000;
const maxPauseMs = 16_000;
const secondMs = 1_000;
// More names than any provider has: they are the provider's own text.
const maxWindows = 20;

/** How much is left of a quota in its window. A pause is a quota of which nothing is left. */
interface QuotaWindow {
  readonly name: string;
  left: number;
  endsAtMs: number;
}

/** What is known of the rate that a provider accepts, once it accepted a call. */
interface AcceptedRate {
  /** When a call was last accepted, and how many were in the second before. */
  atMs: number;
  count: number;
  learned: LearnedRate | undefined;
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
  private rate: AcceptedRate | undefined;

  /**
   * The time until which calls of so many points are blocked, on the monotonic clock: in the past where a probe is due, 0 where nothing
   * is.
   */
  blockedUntilMs(cost = 1): number {
    let untilMs = 0;
    for (const { left, endsAtMs } of this.windows) if (left < cost) untilMs = Math.max(untilMs, endsAtMs);
    return untilMs;
  }

  /** Whether each call needs a permit of the store, also where it has no limit: among several processes, one sends the probe. */
  needsPermit(_nowMs: number): boolean {
    return this.blockedUntilMs() > 0;
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

  /** The time until which the next call waits for its turn at the learned rate; in the past where it does not wait. */
  pacedUntilMs(): number {
    return this.rate?.learned?.pacedUntilMs ?? 0;
  }

  /**
   * Blocks calls for so long; then they are sent at a rate that is learned from what the provider accepted in the second before. A
   * pause that ends earlier than the present one changes nothing.
   */
  pause(pauseMs: number, nowMs: number): void {
    this.update({ name: "", remaining: 0, resetMs: pauseMs }, nowMs);
    // Where no call was accepted, nothing is known of a rate.
    if (pauseMs <= 0 || !this.rate) return;
    const { acceptedPerSecond: known = 0, fromMs = 0 } = this.rate.learned ?? {};
    const accepted = this.acceptedPerSecond(nowMs);
    // The rejections of one moment are one event, and a rejected probe says nothing new about the rate.
    const rate = nowMs < fromMs || accepted === 0 ? Math.max(known, accepted) : accepted;
    if (rate > 0) this.rate.learned = new LearnedRate(rate, Math.max(fromMs, nowMs + pauseMs), pauseMs);
  }

  /** Takes note of a call that was sent at this time and rejected: a pause, for as long as the provider asks. */
  throttle(sentAtMs: number, nowMs: number, askedMs: number | undefined): void {
    const before = this.isProbe(sentAtMs) ? this.rate?.learned?.pauseMs : undefined;
    this.pause(askedMs || Math.min(before ? 2 * before : firstPauseMs, maxPauseMs), nowMs);
  }

  /** Counts a call that was not rejected. */
  countAccepted(nowMs: number): void {
    const count = this.acceptedPerSecond(nowMs) + 1;
    this.rate ??= { atMs: 0, count, learned: undefined };
    this.rate.count = count;
    this.rate.atMs = nowMs;
  }

  /** How many calls were accepted in the last second, as if the earlier ones had come evenly. */
  protected acceptedPerSecond(nowMs: number): number {
    const { count, atMs } = this.rate ?? { count: 0, atMs: 0 };
    return count * Math.max(0, 1 - (nowMs - atMs) / secondMs);
  }

  /** Counts a call of so many points that is sent now: a probe, where calls were blocked until now. */
  countCall(nowMs: number, cost = 1): void {
    if (this.windows.length > 0)
      this.windows = this.windows.filter((window) => {
        const isOver = window.endsAtMs <= nowMs;
        if (isOver && window.left < 1) this.probedUntilMs = Math.floor(nowMs) + probeMs;
        window.left -= cost;
        return !isOver;
      });
    this.rate?.learned?.countCall(nowMs);
    if (this.rate?.learned?.perSecond(nowMs) === Infinity) this.rate.learned = undefined;
  }

  private isProbe(sentAtMs: number): boolean {
    return this.probedUntilMs > 0 && sentAtMs >= this.probedUntilMs - probeMs;
  }

  /** Takes note of the response to a call that was sent at this time; true where it is that of the probe. */
  endProbe(sentAtMs: number): boolean {
    const isEnded = this.isProbe(sentAtMs);
    if (isEnded) this.probedUntilMs = 0;
    return isEnded;
  }
}
