import { redisScript } from "../redis-connection/redis-script.js";

/**
 * Pauses a scope on the clock of Redis, and notifies all listeners. A pause that ends earlier than the present one changes
 * nothing. KEYS: the end of the scope's pause, which is kept a second longer, for the probe; ARGV: milliseconds, channel,
 * message. Where the user may not publish, the key is still set.
 */
export const pauseScript = redisScript(`
local time = redis.call('TIME')
local until_us = time[1] * 1000000 + time[2] + ARGV[1] * 1000
if until_us > tonumber(redis.call('GET', KEYS[1]) or 0) then
  redis.call('SET', KEYS[1], string.format('%.0f', until_us), 'PX', ARGV[1] + 1000)
end
redis.pcall('PUBLISH', ARGV[2], ARGV[3])
return 1
`);

/** Ends the wait for a probe's response, unless it is paused again. KEYS: the end of the scope's pause. */
export const endProbeScript = redisScript(`
if tonumber(redis.call('GET', KEYS[1]) or 0) < 0 then redis.call('DEL', KEYS[1]) end
return 1
`);
