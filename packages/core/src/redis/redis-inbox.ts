import { batched } from "../platform/batched.js";
import { randomUuid } from "../platform/random.js";
import { isCrossSlot, type RedisConnection } from "../redis-connection/redis-connection.js";
import { type RedisScript, redisScript } from "../redis-connection/redis-script.js";
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

// The value of a key is the token of the process that holds it, or "done", with the response after a colon. Each script does the
// same for each of its keys, with two arguments for each, and returns one reply for each.

const claimScript = redisScript(`
local replies = {}
for i, key in ipairs(KEYS) do
  local held = redis.call("GET", key)
  if held then
    replies[i] = {held, redis.call("PTTL", key)}
  else
    redis.call("SET", key, ARGV[2 * i - 1], "PX", ARGV[2 * i])
    replies[i] = {"claimed", 0}
  end
end
return replies`);

const renewScript = redisScript(`
local replies = {}
for i, key in ipairs(KEYS) do
  local isHeld = redis.call("GET", key) == ARGV[2 * i - 1]
  replies[i] = isHeld and redis.call("PEXPIRE", key, ARGV[2 * i]) or 0
end
return replies`);

const completeScript = redisScript(`
local replies = {}
for i, key in ipairs(KEYS) do
  redis.call("SET", key, ARGV[2 * i - 1], "PX", ARGV[2 * i])
  replies[i] = 1
end
return replies`);

const releaseScript = redisScript(`
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("DEL", KEYS[1])`);

interface Item {
  readonly key: string;
  readonly args: readonly [text: string, milliseconds: number];
}

/**
 * Runs a script for the calls of one turn of the event loop together, so that a delivery with 1,000 events costs one command to
 * claim them. In a cluster keys may be on several nodes; then the script runs once for each.
 */
function runBatched(connection: RedisConnection, script: RedisScript): (item: Item) => Promise<unknown> {
  let areKeysApart = false;
  const run = async (items: readonly Item[]) =>
    (await connection.run(
      script,
      items.map(({ key }) => key),
      items.flatMap(({ args }) => args),
    )) as readonly unknown[];
  const runEach = async (items: readonly Item[]) => (await Promise.all(items.map((item) => run([item])))).flat(1);
  return batched(async (items) => {
    if (areKeysApart) return runEach(items);
    try {
      return await run(items);
    } catch (error) {
      if (!isCrossSlot(error)) throw error;
      areKeysApart = true;
      return runEach(items);
    }
  });
}

/**
 * An inbox for several processes, in Redis. It is as durable as that Redis: an event that Redis loses may be processed again.
 * Each method rejects with RedisUnavailableError while Redis is unavailable.
 */
export function redisInbox(connection: RedisConnection, options: RedisInboxOptions = {}): Inbox {
  const { prefix = "connectry:inbox", keepMs = defaultKeepMs } = options;
  const keyOf = (key: string) => `${prefix}:{${key}}`;
  const claim = runBatched(connection, claimScript);
  const renew = runBatched(connection, renewScript);
  const complete = runBatched(connection, completeScript);
  return {
    async claim(key, leaseMs) {
      const token = randomUuid();
      const [held, leftMs] = (await claim({ key: keyOf(key), args: [token, leaseMs] })) as [string, number];
      if (held === "claimed") return { kind: "claimed", token };
      // The reply to the same claim, which was sent twice over a lost connection.
      if (held === token) return { kind: "claimed", token };
      if (held === done) return { kind: "done" };
      if (held.startsWith(`${done}:`)) return { kind: "done", response: held.slice(done.length + 1) };
      return { kind: "busy", retryAfterMs: Math.max(0, Number(leftMs)) };
    },
    renew: async (key, token, leaseMs) => Number(await renew({ key: keyOf(key), args: [token, leaseMs] })) === 1,
    // Also where the claim was lost: the event is processed, even if another process has claimed it since.
    complete: async (key, _token, response) => {
      const value = response === undefined ? done : `${done}:${response}`;
      await complete({ key: keyOf(key), args: [value, keepMs] });
    },
    release: async (key, token) => void (await connection.run(releaseScript, [keyOf(key)], [token])),
    forget: async (key) => void (await connection.send(["DEL", keyOf(key)])),
  };
}
