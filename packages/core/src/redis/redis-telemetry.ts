import { randomUuid } from "../platform/random.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { redisScript } from "../redis-connection/redis-script.js";
import type { TelemetryStore } from "../telemetry/state-text.js";

/** Options of telemetry in Redis. */
export interface RedisTelemetryOptions {
  /** The beginning of the keys of what all processes counted. Processes with the same one show one picture. @default "connectry:telemetry" */
  readonly prefix?: string;
  /** How long what a process counted is kept after it published it last, in milliseconds. @default 24 hours */
  readonly keepMs?: number;
  /** The name of this process among others. @default a random one: what a process counted before it was started again is kept, too */
  readonly processId?: string;
}

// More than a service has; what was published longest ago is dropped.
const maxProcesses = 1_000;

// A hash has the text of each process, and a sorted set when it ends to count, by the time of Redis.
const publishScript = redisScript(`
local now = redis.call("TIME")
local nowMs = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call("HSET", KEYS[1], ARGV[1], ARGV[3])
redis.call("ZADD", KEYS[2], nowMs + ARGV[2], ARGV[1])
local gone = redis.call("ZRANGEBYSCORE", KEYS[2], "-inf", nowMs)
if #gone == 0 and redis.call("ZCARD", KEYS[2]) > tonumber(ARGV[4]) then gone = redis.call("ZRANGE", KEYS[2], 0, 0) end
for _, id in ipairs(gone) do
  redis.call("HDEL", KEYS[1], id)
  redis.call("ZREM", KEYS[2], id)
end
redis.call("PEXPIRE", KEYS[1], ARGV[2])
redis.call("PEXPIRE", KEYS[2], ARGV[2])
return 1`);

const readScript = redisScript(`
local now = redis.call("TIME")
local ids = redis.call("ZRANGEBYSCORE", KEYS[2], now[1] * 1000 + math.floor(now[2] / 1000), "+inf")
local texts = {}
for i, id in ipairs(ids) do texts[i] = redis.call("HGET", KEYS[1], id) or "" end
return texts`);

/** Where processes share what they counted, in Redis: the `store` of `telemetry`. Rejects with RedisUnavailableError while it is down. */
export function redisTelemetry(connection: RedisConnection, options: RedisTelemetryOptions = {}): TelemetryStore {
  const { prefix = "connectry:telemetry", keepMs = 86_400_000, processId = randomUuid() } = options;
  const keys = [`{${prefix}}:states`, `{${prefix}}:times`];
  return {
    publish: async (text) => void (await connection.run(publishScript, keys, [processId, keepMs, text, maxProcesses])),
    read: async () => ((await connection.run(readScript, keys, [])) as readonly unknown[]).map(String),
  };
}
