import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { redisScript } from "../redis-connection/redis-script.js";

// KEYS: a theoretical arrival time; ARGV: by how much it falls, and how far it is ahead at least, in microseconds.
const script = redisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or 0) - tonumber(ARGV[1]), now + tonumber(ARGV[2]))
if tat > now then
  redis.call('SET', KEYS[1], string.format('%.0f', tat), 'PX', string.format('%.0f', math.ceil((tat - now) / 1000)))
else
  redis.call('DEL', KEYS[1])
end
return 1
`);

/** By how much a limit is corrected, in milliseconds of its theoretical arrival time. */
export interface Correction {
  readonly refundMs: number;
  readonly aheadMs: number;
}

/** Corrects the state of a refundable limit. Rejects with RedisUnavailableError. */
export async function correctLimit(
  redis: RedisConnection,
  key: string,
  { refundMs, aheadMs }: Correction,
): Promise<void> {
  await redis.run(script, [key], [Math.floor(refundMs * 1_000), Math.ceil(aheadMs * 1_000)]);
}
