import { refundableMs } from "../rate-limit/reserve-all.js";
import { redisScript } from "../redis-connection/redis-script.js";
import { pauseFunctions } from "./pause-script.js";
import { windowFunctions } from "./window-script.js";

/** In place of a window's length: a limit of which calls give something back, so that no permit of it is reserved ahead. */
export const refundable = -1;

/**
 * GCRA or sliding windows on the clock of Redis, for several limits at once. All keys have one hash tag, and each expires when its
 * value no longer matters. Times are whole microseconds, which a double represents exactly up to 2^53; `%.0f`, because Lua's own text
 * of a number keeps 14 digits. KEYS: a theoretical arrival time (TAT) or a window for each limit, the pauses that apply, and the set of
 * processes. The first permit after a pause is for a probe: all others ask again until its response is there, for a second
 * at most, and the end of the pause is negative for that time. Then permits come at the rate that was learned, one a request.
 */
export const permitScript = redisScript(
  `
local limits, pauses, count, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local at, later, probes, paced = now, 0, {}, {}
local windows, tats, costs, tolerances, refundable = {}, {}, {}, {}, {}
for index = limits + 1, limits + pauses do
  if values[KEYS[index]] then
    local pause = read_pause(values[KEYS[index]])
    local left, interval = math.abs(pause.ends) - now, interval_of(pause, now)
    pause.key = KEYS[index]
    if left > 0 then
      later = math.max(later, pause.ends < 0 and math.min(left, 50000) or left)
    elseif pause.ends > 0 then
      probes[#probes + 1] = pause
    end
    if interval then
      paced[#paced + 1] = pause
      -- The learned rate is one more limit, of which nothing can be saved.
      tats[limits + #paced], costs[limits + #paced], tolerances[limits + #paced] = pause.tat, interval, interval
    end
  end
end
if #probes + #paced > 0 then count, most = 1, 1 end
local all = limits + #paced

local present, process, kept = KEYS[limits + pauses + 1], ARGV[6 * limits + 5], tonumber(ARGV[6 * limits + 6])
if kept then
  redis.call('ZREMRANGEBYSCORE', present, '-inf', string.format('%.0f', now - kept * 1000))
  redis.call('ZADD', present, string.format('%.0f', now), process)
  redis.call('PEXPIRE', present, kept)
end
local processes = redis.call('ZCARD', present)

for limit = 1, limits do
  local first = 6 * limit - 1
  costs[limit] = tonumber(ARGV[first + 1])
  if tonumber(ARGV[first]) <= 0 then
    refundable[limit] = ARGV[first] == '${refundable}'
    tolerances[limit] = tonumber(ARGV[first + 2])
    tats[limit] = math.max(tonumber(values[KEYS[limit]] or 0), tonumber(ARGV[first + 3]))
  else
    windows[limit], tolerances[limit] = read_window(values[KEYS[limit]], ARGV, first, now), 0
  end
end

local delays, free = {}, {}
for permit = 1, math.max(count, most) do
  local next = at
  for limit = 1, all do
    free[limit] = windows[limit] and free_at(windows[limit], costs[limit]) or tats[limit] + costs[limit] - tolerances[limit]
    next = math.max(next, free[limit])
  end
  -- A limit that would allow it earlier loses nothing by a reservation, as long as its tolerance covers the time.
  for limit = 1, all do
    if free[limit] < next then later = math.max(later, next - tolerances[limit] - now) end
    if refundable[limit] and next > now then later = math.max(later, math.min(next - now, ${refundableMs * 1_000})) end
  end
  if later > 0 or (permit > count and next > now) then break end
  at = next
  for limit = 1, all do
    if windows[limit] then
      add_permit(windows[limit], costs[limit], at)
    else
      tats[limit] = math.max(tats[limit], at) + costs[limit]
    end
  end
  delays[permit] = at - now
end

local logs
for limit = 1, limits do
  local window, value, ends = windows[limit], nil, tats[limit]
  if window then
    ends = ends_at(window)
    logs = logs or {}
    logs[#logs + 1] = { limit, window.created, ends }
    tats[limit] = window.tat
    if #delays > 0 or window.is_raised then value = window_value(window) end
  elseif #delays > 0 then
    value = string.format('%.0f', ends)
  end
  if value then
    values[KEYS[limit]] = value
    redis.call('SET', KEYS[limit], value, 'PX', string.format('%.0f', math.ceil((ends - now) / 1000)))
  end
end
for index, pause in ipairs(paced) do pause.tat, tats[limits + index] = tats[limits + index], nil end
if #delays > 0 then
  for _, pause in ipairs(probes) do pause.ends = -now - delays[1] - 1000000 end
  for _, changed in ipairs({ probes, paced }) do
    for _, pause in ipairs(changed) do values[pause.key] = write_pause(pause.key, pause, now) end
  end
end
return { now, processes, delays, later, tats, logs }
`,
  {
    prelude: `${windowFunctions}${pauseFunctions}
local time, values = redis.call('TIME'), {}
local now = time[1] * 1000000 + time[2]
-- A run sees what those before it wrote.
for first = 1, #KEYS, 1000 do
  local held = redis.call('MGET', unpack(KEYS, first, math.min(first + 999, #KEYS)))
  for index, value in ipairs(held) do values[KEYS[first + index - 1]] = value end
end
`,
    // Some 16 kB. With one command for all, the client would wait for Redis, and then Redis for the client.
    maxRuns: 50,
  },
);

/** A limit, in whole microseconds. */
export interface PermitLimit {
  readonly key: string;
  /** The length of a sliding window; 0 of GCRA, `refundable` of one that is. */
  readonly lengthUs: number;
  /** By how much one permit advances the TAT; of a window what it costs. */
  readonly cost: number;
  /** How far the TAT may be ahead; of a window its limit. */
  readonly tolerance: number;
  /** What this process knows of the limit, in case Redis lost it. */
  readonly known: KnownLimit;
}

/** What a process knows of a limit, in microseconds. */
export interface KnownLimit {
  /** The least TAT; 0 where it knows none. Of a window that this process used without Redis, how far it is ahead. */
  readonly leastUs: number;
  /** When the window was created; 0 where this process used it without Redis. */
  readonly createdUs: number;
  /** When the window expires at the earliest: until then it exists, unless Redis lost it. */
  readonly endsUs: number;
}

/** A request for permits, sent in one round trip. */
export interface PermitsRequest {
  readonly limits: readonly PermitLimit[];
  /** How many to reserve, however far in the future. */
  readonly count: number;
  /** How many to reserve in all, as far as the limits allow the additional ones at once. */
  readonly most: number;
  readonly pauseKeys: readonly string[];
  /** The set of processes. */
  readonly processesKey: string;
  /** The process to record as present, and for how long. */
  readonly presence: { readonly processId: string; readonly keptMs: number } | undefined;
}

/** The state of a limit in Redis. */
export interface PermitState {
  readonly tatUs: number;
  /** When a window was created; 0 of GCRA. */
  readonly createdUs: number;
  /** When a window expires; 0 of GCRA. */
  readonly endsUs: number;
}

/** The reply of Redis. */
export interface PermitsReply {
  /** The time of Redis, in microseconds since the epoch. */
  readonly nowUs: number;
  /** How many processes are present. */
  readonly processes: number;
  /** How long until each permit is valid; where there are none, `laterUs` says when to ask again. */
  readonly delaysUs: readonly number[];
  readonly laterUs: number;
  /** The state of each limit. */
  readonly states: readonly PermitState[];
}

type RawReply = readonly [
  nowUs: number,
  processes: number,
  delaysUs: readonly number[],
  laterUs: number,
  tatsUs: readonly number[],
  // Of windows only, by the number of the limit from 1 on.
  windows?: readonly (readonly [limit: number, createdUs: number, endsUs: number])[],
];

/** The keys and arguments of the script. */
export interface PermitsRun {
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** Reserves permits: what the script is run with. */
export function permitsRun({ limits, count, most, pauseKeys, processesKey, presence }: PermitsRequest): PermitsRun {
  const keys: string[] = [];
  const args: (string | number)[] = [limits.length, pauseKeys.length, count, most];
  for (const { key, lengthUs, cost, tolerance, known } of limits) {
    keys.push(key);
    args.push(lengthUs, cost, tolerance, known.leastUs, known.createdUs, known.endsUs);
  }
  keys.push(...pauseKeys, processesKey);
  if (presence) args.push(presence.processId, presence.keptMs);
  return { keys, args };
}

/** Reads the reply of the script. */
export function readPermits(reply: unknown): PermitsReply {
  const [nowUs, processes, delaysUs, laterUs, tatsUs, windows] = reply as RawReply;
  const states = tatsUs.map((tatUs) => ({ tatUs, createdUs: 0, endsUs: 0 }));
  for (const [limit, createdUs, endsUs] of windows ?? []) Object.assign(states[limit - 1]!, { createdUs, endsUs });
  return { nowUs, processes, delaysUs, laterUs, states };
}
