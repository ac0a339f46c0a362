import { forgottenMs, growth, minPerSecond, reducedTo } from "../rate-limit/learned-rate.js";
import { redisScript } from "../redis-connection/redis-script.js";

/**
 * A scope's pause in Lua, and the rate that all processes learned from what led to it, by the arithmetic of `LearnedRate`. The value
 * of its key is the end of the pause, negative while a probe is under way, and, once a process had accepted calls: the time from which
 * on the rate rises, the theoretical arrival time of its permits, what was accepted in a second before an earlier pause, and the ID of
 * each process with what was accepted of its calls before this one. It is kept a second longer than the pause, for the probe, and as
 * long as the rate is not forgotten.
 */
export const pauseFunctions = `
local function read_pause(text)
  local ends, rate = string.match(text or '', '^(-?%d+)(.*)$')
  local from, tat, known, log = string.match(rate or '', '^ (%d+) (%d+) (%S+)(.*)$')
  local pause = { ends = tonumber(ends or 0), known = tonumber(known or 0), accepted = {} }
  pause.from, pause.tat = tonumber(from) or math.abs(pause.ends), tonumber(tat or 0)
  for process, count in string.gmatch(log or '', '(%S+) (%S+)') do pause.accepted[process] = tonumber(count) end
  return pause
end

local function accepted_by_all(pause)
  local all = 0
  for _, count in pairs(pause.accepted) do all = all + count end
  return all > 0 and all or pause.known
end

-- Microseconds from one call to the next; none where nothing is known of a rate.
local function interval_of(pause, now)
  local accepted = accepted_by_all(pause)
  if accepted == 0 or now > pause.from + ${forgottenMs * 1_000} then return nil end
  local plateau = (accepted * ${1 - reducedTo} / ${growth}) ^ (1 / 3)
  local rate = ${growth} * (math.max(0, now - pause.from) / 1000000 - plateau) ^ 3 + accepted
  return math.ceil(1000000 / math.max(${minPerSecond}, rate))
end

local function write_pause(key, pause, now)
  local text, kept = string.format('%.0f', pause.ends), math.abs(pause.ends) - now
  if accepted_by_all(pause) > 0 then
    local texts = { text, string.format('%.0f %.0f %.14g', pause.from, pause.tat, pause.known) }
    for process, count in pairs(pause.accepted) do texts[#texts + 1] = string.format('%s %.14g', process, count) end
    text, kept = table.concat(texts, ' '), pause.from + ${forgottenMs * 1_000} - now
  end
  redis.call('SET', key, text, 'PX', string.format('%.0f', math.max(1, math.ceil(kept / 1000) + (pause.ends > 0 and 1000 or 0))))
  return text
end
`;

/**
 * Pauses a scope on the clock of Redis, notifies all listeners, and takes note of how many calls of a process were accepted in the
 * second before. A pause that ends earlier than the present one changes nothing. KEYS: the scope's pause; ARGV: milliseconds, 0 where
 * another process asked for the pause; process, accepted, channel, message. Where the user may not publish, the key is still set.
 */
export const pauseScript = redisScript(
  `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local pause, pause_ms = read_pause(redis.call('GET', KEYS[1])), tonumber(ARGV[1])
local ends, accepted = now + pause_ms * 1000, tonumber(ARGV[3])
if pause_ms > 0 and now >= pause.from then pause.known, pause.accepted = accepted_by_all(pause), {} end
if pause_ms > 0 and ends > pause.ends then
  pause.ends, pause.from = ends, math.max(pause.from, ends)
  pause.tat = pause.from
end
if now < pause.from then
  if accepted > 0 then pause.accepted[ARGV[2]] = math.max(accepted, pause.accepted[ARGV[2]] or 0) end
  write_pause(KEYS[1], pause, now)
end
if pause_ms > 0 then redis.pcall('PUBLISH', ARGV[4], ARGV[5]) end
return 1
`,
  { prelude: pauseFunctions },
);

/** Ends the wait for a probe's response, unless it is paused again. KEYS: the scope's pause. */
export const endProbeScript = redisScript(
  `
local time, pause = redis.call('TIME'), read_pause(redis.call('GET', KEYS[1]))
if pause.ends >= 0 then return 1 end
pause.ends = 0
if accepted_by_all(pause) > 0 then
  write_pause(KEYS[1], pause, time[1] * 1000000 + time[2])
else
  redis.call('DEL', KEYS[1])
end
return 1
`,
  { prelude: pauseFunctions },
);
