import type { Clock } from "./clock.js";

/** What a timer calls, at a time of the monotonic clock. */
export interface TimedCallback {
  readonly dueAtMs: number;
  onDue(): void;
}

// A timer of Node may fire up to 1 ms early.
const toleranceMs = 1;

/**
 * One timer for limits that mostly end together, such as those of a call and of its attempt. It is set for the earliest, and stays when that one
 * is removed: the timer that then fires too early is set anew.
 */
export class SharedTimer {
  readonly #clock: Clock;
  readonly #waiting = new Set<TimedCallback>();
  #setForMs = Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(callback: TimedCallback): void {
    this.#waiting.add(callback);
    this.#set();
  }

  remove(callback: TimedCallback): void {
    if (!this.#waiting.delete(callback) || this.#waiting.size > 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#setForMs = Infinity;
  }

  #set(): void {
    let earliestMs = Infinity;
    for (const { dueAtMs } of this.#waiting) earliestMs = Math.min(earliestMs, dueAtMs);
    if (earliestMs >= this.#setForMs) return;
    this.#cancelTimer?.();
    this.#setForMs = earliestMs;
    this.#cancelTimer = this.#clock.schedule(earliestMs - this.#clock.monotonic(), () => this.#fire());
  }

  #fire(): void {
    this.#setForMs = Infinity;
    this.#cancelTimer = undefined;
    const nowMs = this.#clock.monotonic() + toleranceMs;
    // What one of them ends may end others, which are then no longer waiting.
    for (const callback of this.#waiting) {
      if (callback.dueAtMs > nowMs) continue;
      this.remove(callback);
      callback.onDue();
    }
    this.#set();
  }
}
