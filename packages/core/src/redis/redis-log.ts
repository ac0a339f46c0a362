import type { BulkLog, ItemState } from "../bulk/bulk-log.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { redisScript } from "../redis-connection/redis-script.js";

/** Options of a log in Redis. */
export interface RedisLogOptions {
  /** The run: all of its processes use the same name. */
  readonly name: string;
  /** The beginning of the key. @default "connectry:bulk" */
  readonly prefix?: string | undefined;
  /** How long the log is kept after its last change, in milliseconds. @default 30 days */
  readonly keepMs?: number | undefined;
}

const thirtyDaysMs = 30 * 86_400_000;

const beginScript = redisScript(`
local state = redis.call("HGET", KEYS[1], ARGV[1])
if not state then redis.call("HSET", KEYS[1], ARGV[1], "begun") end
redis.call("PEXPIRE", KEYS[1], ARGV[2])
return state or "new"`);

/** The log of a bulk run in Redis, for its processes on several machines: one hash for each run. Rejects where Redis is unavailable. */
export function redisLog(redis: RedisConnection, options: RedisLogOptions): BulkLog {
  const { name, prefix = "connectry:bulk", keepMs = thirtyDaysMs } = options;
  const hash = `${prefix}:${name}`;
  return {
    begin: async (key) => (await redis.run(beginScript, [hash], [key, keepMs])) as ItemState,
    complete: async (key) => void (await redis.send(["HSET", hash, key, "done"])),
    release: async (key) => void (await redis.send(["HDEL", hash, key])),
  };
}
