import { randomUuid } from "../platform/random.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { redisScript } from "../redis-connection/redis-script.js";
import { defaultKeepMs, type Inbox } from "../webhooks/inbox/inbox.js";

/** Options of an inbox in Redis. */
export interface RedisInboxOptions {
  /**
   * The beginning of all keys. The key of an event contains its endpoint, so that endpoints can share one. In a cluster, one
   * with a hash tag (`{inbox}`) keeps all keys on one node, so that the events of a delivery are claimed together.
   * @default "connectry:inbox"
   */
  readonly prefix?: string;
  /** How long an event is remembered, in milliseconds. @default 76 hours */
  readonly keepMs?: number;
}

// A token begins with a hexadecimal digit and has hyphens, so it is never mistaken for this.
const done = "done";

// The value of a key is the token of the process that holds it, or "done", with the response after a colon. The connection runs
// the claims, renewals and completions of one turn of the event loop as one command each, in a cluster one for each hash slot.

const claimScript = redisScript(`
local held = redis.call("GET", KEYS[1])
if held then return {held, redis.call("PTTL", KEYS[1])} end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return {"claimed", 0}`);

const renewScript = redisScript(`
return redis.call("GET", KEYS[1]) == ARGV[1] and redis.call("PEXPIRE", KEYS[1], ARGV[2]) or 0`);

const completeScript = redisScript(`
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return 1`);

const releaseScript = redisScript(`
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("DEL", KEYS[1])`);

/**
 * An inbox for several processes, in Redis. It is as durable as that Redis: an event that Redis loses may be processed again.
 * Each method rejects with RedisUnavailableError while Redis is unavailable.
 */
export function redisInbox(connection: RedisConnection, options: RedisInboxOptions = {}): Inbox {
  const { prefix = "connectry:inbox", keepMs = defaultKeepMs } = options;
  const keyOf = (key: string) => `${prefix}:{${key}}`;
  return {
    async claim(key, leaseMs) {
      const token = randomUuid();
      const [held, leftMs] = (await connection.run(claimScript, [keyOf(key)], [token, leaseMs])) as [string, number];
      if (held === "claimed") return { kind: "claimed", token };
      // The reply to the same claim, which was sent twice over a lost connection.
      if (held === token) return { kind: "claimed", token };
      if (held === done) return { kind: "done" };
      if (held.startsWith(`${done}:`)) return { kind: "done", response: held.slice(done.length + 1) };
      return { kind: "busy", retryAfterMs: Math.max(0, Number(leftMs)) };
    },
    renew: async (key, token, leaseMs) =>
      Number(await connection.run(renewScript, [keyOf(key)], [token, leaseMs])) === 1,
    // Also where the claim was lost: the event is processed, even if another process has claimed it since.
    complete: async (key, _token, response) => {
      const value = response === undefined ? done : `${done}:${response}`;
      await connection.run(completeScript, [keyOf(key)], [value, keepMs]);
    },
    release: async (key, token) => void (await connection.run(releaseScript, [keyOf(key)], [token])),
    forget: async (key) => void (await connection.send(["DEL", keyOf(key)])),
  };
}
