import type { RedisLink } from "./redis-link.js";
import { redisScript } from "./redis-script.js";

/**
 * GCRA on Redis' clock, for several limits at once. All keys are of one hash tag; none outlives what it says. Times are
 * whole microseconds, which a double holds exactly up to 2^53; `%.0f`, as Lua's own text of a number keeps 14 digits.
 * KEYS: a theoretical arrival time (TAT) for each limit, the end of the bucket's pause, and the set of processes.
 */
const script = redisScript(`
local limits, count, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local held = redis.call('MGET', unpack(KEYS, 1, limits + 1))
local at = math.max(now, tonumber(held[limits + 1] or 0))

local present, kept = KEYS[limits + 2], tonumber(ARGV[3 * limits + 5])
if kept then
  redis.call('ZREMRANGEBYSCORE', present, '-inf', string.format('%.0f', now - kept * 1000))
  redis.call('ZADD', present, string.format('%.0f', now), ARGV[3 * limits + 4])
  redis.call('PEXPIRE', present, kept)
end
local processes = redis.call('ZCARD', present)

local tats, costs, tolerances = {}, {}, {}
for limit = 1, limits do
  local first = 3 * limit + 1
  costs[limit], tolerances[limit] = tonumber(ARGV[first]), tonumber(ARGV[first + 1])
  tats[limit] = math.max(tonumber(held[limit] or 0), tonumber(ARGV[first + 2]))
end

local delays, later = {}, 0
for grant = 1, math.max(count, most) do
  local free, next = {}, at
  for limit = 1, limits do
    free[limit] = tats[limit] + costs[limit] - tolerances[limit]
    next = math.max(next, free[limit])
  end
  -- One that is not the last to allow it loses nothing by a grant ahead of time, as far as its tolerance covers that.
  for limit = 1, limits do
    if free[limit] < next then later = math.max(later, next - tolerances[limit] - now) end
  end
  if later > 0 or (grant > count and next > now) then break end
  at = next
  for limit = 1, limits do
    tats[limit] = math.max(tats[limit], at) + costs[limit]
  end
  delays[grant] = at - now
end

for limit = 1, #delays > 0 and limits or 0 do
  local ttl = math.ceil((tats[limit] - now) / 1000)
  redis.call('SET', KEYS[limit], string.format('%.0f', tats[limit]), 'PX', string.format('%.0f', ttl))
end
return { now, processes, delays, tats, later }
`);

/** One limit, in whole microseconds. */
export interface LimitAsked {
  readonly key: string;
  /** What one grant moves the TAT on. */
  readonly costUs: number;
  readonly toleranceUs: number;
  /** A TAT that this process knows of, should Redis have forgotten it; else 0. */
  readonly floorUs: number;
}

/** What is asked of Redis in one trip. */
export interface GrantsAsked {
  readonly limits: readonly LimitAsked[];
  /** How many, however far away. */
  readonly count: number;
  /** How many in all, where the limits allow the others at once. */
  readonly most: number;
  readonly pauseKey: string;
  readonly processesKey: string;
  /** Who announces itself, and for how long. */
  readonly presence: { readonly processId: string; readonly keptMs: number } | undefined;
}

/** What Redis says. */
export interface GrantsGiven {
  /** Redis' time, in microseconds since the epoch. */
  readonly nowUs: number;
  /** How many processes are there. */
  readonly processes: number;
  /** How far away each grant is; without any, `laterUs` says when to ask again. */
  readonly delaysUs: readonly number[];
  /** The TAT of each limit. */
  readonly tatsUs: readonly number[];
  readonly laterUs: number;
}

/** Reserves grants in one trip. Rejects with RedisAwayError. */
export async function takeGrants(redis: RedisLink, asked: GrantsAsked): Promise<GrantsGiven> {
  const { limits, count, most, pauseKey, processesKey, presence } = asked;
  const reply = await redis.run(
    script,
    [...limits.map(({ key }) => key), pauseKey, processesKey],
    [
      limits.length,
      count,
      most,
      ...limits.flatMap(({ costUs, toleranceUs, floorUs }) => [costUs, toleranceUs, floorUs]),
      ...(presence ? [presence.processId, presence.keptMs] : []),
    ],
  );
  const [nowUs, processes, delaysUs, tatsUs, laterUs] = reply as [number, number, number[], number[], number];
  return { nowUs, processes, delaysUs, tatsUs, laterUs };
}
