import { type Gcra, type LimitSize, toGcra } from "./gcra.js";

// Requests may arrive so much earlier or later than they were sent, compared with each other.
const maxJitterMs = 250;
const jitterShare = 0.1;

// Less than this is an error of rounding: a caller that waits for it would not see the time change.
const roundingMs = 0.001;

/** Into how many parts the permits of a window are counted: what was permitted within one part is remembered as one entry. */
export const windowParts = 32;

/** A limit that holds for any window of its length, and may be used up at once. */
export interface SlidingWindow {
  readonly limit: number;
  /** The documented length, and a margin for what arrives earlier or later than it was sent. */
  readonly lengthMs: number;
  readonly marginMs: number;
}

/** A documented limit as a sliding window: longer by a tenth, but by 250 ms at most. */
export function toSlidingWindow({ limit, perMs }: LimitSize): SlidingWindow {
  const marginMs = Math.min(perMs * jitterShare, maxJitterMs);
  return { limit, marginMs, lengthMs: perMs + marginMs };
}

/** A window as an even pace, for the times at which nobody knows what was permitted before. */
export function evenPace({ limit, lengthMs }: SlidingWindow): Gcra {
  return toGcra({ limit, perMs: lengthMs, burst: 1 });
}

/** How long a request of this cost waits at least, with so much to be sent before it. */
export function windowWaitMs({ limit, lengthMs }: SlidingWindow, ahead: number, cost: number): number {
  return Math.max(0, Math.ceil((ahead + cost) / limit) - 1) * lengthMs;
}

/**
 * What was permitted in a sliding window. It starts with the clock, as evenly used: what a process that ended just before has sent is
 * not known, so the first window is earned by the time that passes.
 */
export class WindowLog {
  private readonly window: SlidingWindow;
  /** Pairs of a time and a cost, oldest first: the time of the last permit of one part of the window, and what that part cost. */
  private entries: number[] = [];
  private used = 0;

  constructor(window: SlidingWindow) {
    this.window = window;
  }

  /** The time from which on the window has room for the cost. What costs more than the limit waits until it is empty. */
  allowedAtMs(cost: number, nowMs: number): number {
    const { limit, lengthMs } = this.window;
    this.forget(nowMs - lengthMs);
    const room = limit - Math.min(cost, limit);
    let atMs = nowMs;
    let used = this.used;
    for (let index = 0; used > room && index < this.entries.length; index += 2) {
      atMs = this.entries[index]! + lengthMs;
      used -= this.entries[index + 1]!;
    }
    atMs = Math.max(atMs, lengthMs * Math.min(1, this.used / limit));
    return atMs - nowMs < roundingMs ? nowMs : atMs;
  }

  /** Counts a permit, and returns the time from which on the window is empty again. */
  add(cost: number, atMs: number): number {
    const { entries, window } = this;
    const partMs = window.lengthMs / windowParts;
    const last = entries.length - 2;
    this.used += cost;
    if (last < 0) this.entries = [atMs, cost];
    else if (atMs < entries[last]! || Math.floor(atMs / partMs) === Math.floor(entries[last]! / partMs)) {
      entries[last] = Math.max(atMs, entries[last]!);
      entries[last + 1]! += cost;
    } else entries.push(atMs, cost);
    return Math.max(atMs, entries[last] ?? 0) + window.lengthMs;
  }

  /** Forgets what was permitted up to this time. */
  private forget(untilMs: number): void {
    let count = 0;
    for (; count < this.entries.length && this.entries[count]! <= untilMs; count += 2)
      this.used -= this.entries[count + 1]!;
    if (count > 0) this.entries.splice(0, count);
    // No error of rounding is carried on.
    if (this.entries.length === 0) this.used = 0;
  }
}
