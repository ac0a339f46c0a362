import { type Clock, systemClock } from "../../platform/clock.js";
import { randomUuid } from "../../platform/random.js";
import { defaultKeepMs, type Inbox } from "./inbox.js";

/** Options of an inbox in memory. */
export interface MemoryInboxOptions {
  /** How long a processed event is remembered, in milliseconds. @default 76 hours */
  readonly keepMs?: number;
  /** The maximum number of events that are remembered. The oldest are forgotten first. @default 100,000 */
  readonly maxEvents?: number;
  /**
   * The maximum length of all responses that are kept for duplicates, in characters. The oldest are forgotten first, and
   * their events are still known. @default 10,000,000
   */
  readonly maxResponseLength?: number;
  /** @default the system clock */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

interface Entry {
  /** The token of the claim. Undefined where the event was processed. */
  readonly token: string | undefined;
  readonly untilMs: number;
}

/** An inbox in the memory of one process. Several processes, or one that restarts, need `redisInbox`. */
export function memoryInbox(options: MemoryInboxOptions = {}): Inbox {
  const { keepMs = defaultKeepMs, maxEvents = 100_000, maxResponseLength = 10_000_000, clock = systemClock } = options;
  // Both are ordered by the time of the last change, the oldest first.
  const entries = new Map<string, Entry>();
  const responses = new Map<string, string>();
  let responseLength = 0;
  const forgetResponse = (key: string) => {
    responseLength -= responses.get(key)?.length ?? 0;
    responses.delete(key);
  };
  const forget = (key: string) => {
    entries.delete(key);
    forgetResponse(key);
  };
  const put = (key: string, entry: Entry) => {
    forget(key);
    entries.set(key, entry);
    for (const [oldest, { token, untilMs }] of entries) {
      const isExpired = untilMs <= clock.now();
      // A claim is kept even beyond `maxEvents`: without it, two callers could process the same event.
      if (!isExpired && (entries.size <= maxEvents || token !== undefined)) break;
      forget(oldest);
    }
  };
  const find = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && entry.untilMs > clock.now() ? entry : undefined;
  };
  return {
    async claim(key, leaseMs) {
      const entry = find(key);
      if (entry === undefined) {
        const token = randomUuid();
        put(key, { token, untilMs: clock.now() + leaseMs });
        return { kind: "claimed", token };
      }
      if (entry.token === undefined) return { kind: "done", response: responses.get(key) };
      return { kind: "busy", retryAfterMs: entry.untilMs - clock.now() };
    },
    async renew(key, token, leaseMs) {
      if (find(key)?.token !== token) return false;
      put(key, { token, untilMs: clock.now() + leaseMs });
      return true;
    },
    async complete(key, _token, response) {
      put(key, { token: undefined, untilMs: clock.now() + keepMs });
      if (response === undefined) return;
      responses.set(key, response);
      responseLength += response.length;
      for (const oldest of responses.keys()) {
        if (responseLength <= maxResponseLength) break;
        forgetResponse(oldest);
      }
    },
    async release(key, token) {
      if (entries.get(key)?.token === token) forget(key);
    },
    forget: async (key) => forget(key),
  };
}
