import { randomUuid } from "../platform/random.js";
import { defaultKeepMs, type Inbox } from "../webhooks/inbox.js";
import type { RedisLink } from "./redis-link.js";
import { redisScript } from "./redis-script.js";

/** Options of an inbox in Redis. */
export interface RedisInboxOptions {
  /** What keys begin with. Endpoints that work on the same events for different ends need one each. @default "connectry:inbox" */
  readonly prefix?: string;
  /** How long an event is remembered, in milliseconds. @default 76 hours */
  readonly keepMs?: number;
}

const done = "done";

// Whoever holds a key: its token, or "done"; and for how long. One key, so that a cluster needs no more.
const claimScript = redisScript(`
local held = redis.call("GET", KEYS[1])
if not held then
  redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
  return {"claimed", 0}
end
return {held, redis.call("PTTL", KEYS[1])}`);

const renewScript = redisScript(`
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("PEXPIRE", KEYS[1], ARGV[2])`);

const releaseScript = redisScript(`
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("DEL", KEYS[1])`);

/**
 * An inbox for several processes, in Redis. It is as durable as that Redis is: what it forgets may be worked on again.
 * Each method rejects with RedisAwayError while Redis is away.
 */
export function redisInbox(link: RedisLink, options: RedisInboxOptions = {}): Inbox {
  const { prefix = "connectry:inbox", keepMs = defaultKeepMs } = options;
  const keyOf = (key: string) => `${prefix}:{${key}}`;
  return {
    async claim(key, leaseMs) {
      const token = randomUuid();
      const [held, leftMs] = (await link.run(claimScript, [keyOf(key)], [token, leaseMs])) as [string, number];
      if (held === "claimed") return { kind: "claimed", token };
      // The answer to the same claim, sent twice over a lost connection.
      if (held === token) return { kind: "claimed", token };
      return held === done ? { kind: "done" } : { kind: "busy", retryAfterMs: Math.max(0, Number(leftMs)) };
    },
    renew: async (key, token, leaseMs) => Number(await link.run(renewScript, [keyOf(key)], [token, leaseMs])) === 1,
    // Also where the claim was lost: the work is done, whoever works on it now.
    complete: async (key) => void (await link.send(["SET", keyOf(key), done, "PX", String(keepMs)])),
    release: async (key, token) => void (await link.run(releaseScript, [keyOf(key)], [token])),
  };
}
