import { windowParts } from "../rate-limit/sliding-window.js";

/**
 * Sliding windows in Lua, by the arithmetic of `WindowLog`. The value of a window's key is the time of its creation, the time since
 * which it is earned evenly (0: it may be used at once), the TAT of the same permits at an even pace, and pairs of a time and a cost,
 * oldest first: the time of the last permit of one part of the window, and what that part cost. A window without a key was idle,
 * because Redis remembers it otherwise: unless a process knows one that could not have expired yet, or went on without Redis. It is
 * earned evenly then. The arguments of a window begin at `first`.
 */
export const windowFunctions = `
local function read_window(value, ARGV, first, now)
  local length, times, costs, used = tonumber(ARGV[first]), {}, {}, 0
  local created, start, tat, log = string.match(value or '', '^(%d+) (%d+) (%d+)(.*)$')
  for at, cost in string.gmatch(log or '', '(%d+) (%S+)') do
    at, cost = tonumber(at), tonumber(cost)
    if at + length > now then
      times[#times + 1], costs[#costs + 1], used = at, cost, used + cost
    end
  end
  start = tonumber(start or 0)
  local least, known, ends = tonumber(ARGV[first + 3]), tonumber(ARGV[first + 4]), tonumber(ARGV[first + 5])
  local floor = 0
  if ends > now and known ~= tonumber(created or -1) then
    floor = least
    if known == 0 then
      floor = created and now or now + least
    elseif not created then
      floor = math.max(now, least)
    end
  end
  return {
    length = length, limit = tonumber(ARGV[first + 2]), times = times, costs = costs, used = used,
    created = tonumber(created or now), start = math.max(start, floor), is_raised = floor > start, tat = tonumber(tat or 0),
    -- Without those before the head, the window has room for the next permit at this time.
    head = 1, left = used, room_at = now,
  }
end

local function free_at(window, cost)
  local room = window.limit - math.min(cost, window.limit)
  while window.left > room and window.times[window.head] do
    window.room_at = window.times[window.head] + window.length
    window.left = window.left - window.costs[window.head]
    window.head = window.head + 1
  end
  return math.max(window.room_at, math.ceil(window.start + window.length * math.min(1, (window.used + cost) / window.limit)))
end

local function add_permit(window, cost, at)
  local times, costs, part = window.times, window.costs, window.length / ${windowParts}
  local last = #times
  if last > 0 and (at < times[last] or math.floor(at / part) == math.floor(times[last] / part)) then
    times[last], costs[last] = math.max(at, times[last]), costs[last] + cost
  else
    times[last + 1], costs[last + 1] = at, cost
  end
  window.used, window.left = window.used + cost, window.left + cost
  window.tat = math.ceil(math.max(window.tat, at) + cost * window.length / window.limit)
end

local function ends_at(window)
  return math.max(window.times[#window.times] or 0, window.start) + window.length
end

local function window_value(window)
  local texts = { string.format('%.0f %.0f %.0f', window.created, window.start, window.tat) }
  for index, at in ipairs(window.times) do
    texts[index + 1] = string.format('%.0f %.14g', at, window.costs[index])
  end
  return table.concat(texts, ' ')
end
`;
