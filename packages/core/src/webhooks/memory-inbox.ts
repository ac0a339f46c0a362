import { type Clock, systemClock } from "../platform/clock.js";
import { randomUuid } from "../platform/random.js";
import { defaultKeepMs, type Inbox } from "./inbox.js";

/** Options of an inbox in memory. */
export interface MemoryInboxOptions {
  /** How long an event is remembered, in milliseconds. @default 76 hours */
  readonly keepMs?: number;
  /** The most events remembered; the oldest are forgotten first. @default 100,000 */
  readonly maxEvents?: number;
  /** @default the machine's */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

interface Entry {
  /** Of the one who is at work; undefined when the work is done. */
  readonly token: string | undefined;
  readonly untilMs: number;
}

/** An inbox of one process: what it remembers ends with it. With several processes, or restarts, take `redisInbox`. */
export function memoryInbox(options: MemoryInboxOptions = {}): Inbox {
  const { keepMs = defaultKeepMs, maxEvents = 100_000, clock = systemClock } = options;
  // In the order in which they were put, so the first is the oldest.
  const entries = new Map<string, Entry>();
  const put = (key: string, entry: Entry) => {
    entries.delete(key);
    entries.set(key, entry);
    for (const [oldest, { token, untilMs }] of entries) {
      const isOver = untilMs <= clock.now();
      // A claim is never forgotten to make room: two would be at work.
      if (!isOver && (entries.size <= maxEvents || token !== undefined)) break;
      entries.delete(oldest);
    }
  };
  const held = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && entry.untilMs > clock.now() ? entry : undefined;
  };
  return {
    async claim(key, leaseMs) {
      const entry = held(key);
      if (entry === undefined) {
        const token = randomUuid();
        put(key, { token, untilMs: clock.now() + leaseMs });
        return { kind: "claimed", token };
      }
      return entry.token === undefined ? { kind: "done" } : { kind: "busy", retryAfterMs: entry.untilMs - clock.now() };
    },
    async renew(key, token, leaseMs) {
      if (held(key)?.token !== token) return false;
      put(key, { token, untilMs: clock.now() + leaseMs });
      return true;
    },
    async complete(key) {
      put(key, { token: undefined, untilMs: clock.now() + keepMs });
    },
    async release(key, token) {
      if (entries.get(key)?.token === token) entries.delete(key);
    },
  };
}
