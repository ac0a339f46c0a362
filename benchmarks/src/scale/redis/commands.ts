/**
 * The commands of Redis that our scripts call, in Lua, so that the scripts run as they are sent: by Lua 5.1, as in Redis itself.
 * What each does is documented at https://redis.io/docs/latest/commands/, and how replies are converted at
 * https://redis.io/docs/latest/develop/interact/programmability/lua-api/#data-type-conversion.
 */
export const commandsInLua = `
local entries, published, scripts = {}, {}, {}
local now_us = 0

local function live(key)
  local entry = entries[key]
  if entry and entry.expires and entry.expires <= now_us then
    entries[key] = nil
    return nil
  end
  return entry
end

local function set(key, value, option, amount)
  local expires
  if option then
    if string.upper(option) ~= 'PX' then error('SET ' .. option .. ' is not simulated') end
    if tonumber(amount) < 1 then error('invalid expire time in set') end
    expires = now_us + tonumber(amount) * 1000
  end
  entries[key] = { value = value, expires = expires }
  return { ok = 'OK' }
end

local function members(key)
  local entry = live(key)
  if not entry then
    entry = { scores = {}, count = 0, least = math.huge }
    entries[key] = entry
  end
  return entry
end

local function fields(key)
  local entry = live(key)
  if not entry then
    entry = { fields = {} }
    entries[key] = entry
  end
  return entry.fields
end

local commands = {
  PING = function() return { ok = 'PONG' } end,
  TIME = function()
    local seconds = math.floor(now_us / 1000000)
    return { string.format('%.0f', seconds), string.format('%.0f', now_us - seconds * 1000000) }
  end,
  GET = function(key)
    local entry = live(key)
    return entry and entry.value or false
  end,
  SET = set,
  MGET = function(...)
    local values = {}
    for index, key in ipairs({ ... }) do
      local entry = live(key)
      values[index] = entry and entry.value or false
    end
    return values
  end,
  DEL = function(...)
    local count = 0
    for _, key in ipairs({ ... }) do
      if live(key) then count = count + 1 end
      entries[key] = nil
    end
    return count
  end,
  PEXPIRE = function(key, amount)
    local entry = live(key)
    if not entry then return 0 end
    entry.expires = now_us + tonumber(amount) * 1000
    return 1
  end,
  PTTL = function(key)
    local entry = live(key)
    if not entry then return -2 end
    return entry.expires and math.ceil((entry.expires - now_us) / 1000) or -1
  end,
  ZADD = function(key, score, member)
    local set_of = members(key)
    local isNew = set_of.scores[member] == nil
    set_of.scores[member] = tonumber(score)
    set_of.least = math.min(set_of.least, tonumber(score))
    if isNew then set_of.count = set_of.count + 1 end
    return isNew and 1 or 0
  end,
  ZCARD = function(key)
    local entry = live(key)
    return entry and entry.count or 0
  end,
  ZREMRANGEBYSCORE = function(key, low, high)
    local entry, count = live(key), 0
    if low ~= '-inf' then error('ZREMRANGEBYSCORE from ' .. low .. ' is not simulated') end
    -- No score is below the least one that was ever added.
    if entry and entry.least <= tonumber(high) then
      entry.least = math.huge
      for member, score in pairs(entry.scores) do
        if score <= tonumber(high) then
          entry.scores[member] = nil
          count = count + 1
        else
          entry.least = math.min(entry.least, score)
        end
      end
      entry.count = entry.count - count
      if entry.count == 0 then entries[key] = nil end
    end
    return count
  end,
  HGET = function(key, field)
    local entry = live(key)
    return entry and entry.fields[field] or false
  end,
  HMGET = function(key, ...)
    local entry, values = live(key), {}
    for index, field in ipairs({ ... }) do values[index] = entry and entry.fields[field] or false end
    return values
  end,
  HSET = function(key, ...)
    local own, pairs_of, count = fields(key), { ... }, 0
    for index = 1, #pairs_of, 2 do
      if own[pairs_of[index]] == nil then count = count + 1 end
      own[pairs_of[index]] = pairs_of[index + 1]
    end
    return count
  end,
  PUBLISH = function(channel, message)
    published[#published + 1] = { channel, message }
    return 1
  end,
}

local function text_of(value) return type(value) == 'number' and string.format('%.17g', value) or value end

local function run_command(name, ...)
  local command = commands[string.upper(name)]
  if not command then error('the command ' .. name .. ' is not simulated') end
  local args = { ... }
  for index = 1, #args do args[index] = text_of(args[index]) end
  return command(unpack(args))
end

redis = {
  call = run_command,
  pcall = function(...)
    local isDone, reply = pcall(run_command, ...)
    if isDone then return reply end
    return { err = tostring(reply) }
  end,
}

-- A reply as it is sent, in RESP2.
local function write(parts, value)
  local kind = type(value)
  if kind == 'string' then
    parts[#parts + 1] = '$' .. #value .. '\\r\\n' .. value .. '\\r\\n'
  elseif kind == 'number' then
    parts[#parts + 1] = ':' .. string.format('%.0f', value < 0 and math.ceil(value) or math.floor(value)) .. '\\r\\n'
  elseif kind == 'table' then
    if value.err then
      parts[#parts + 1] = '-' .. value.err .. '\\r\\n'
    elseif value.ok then
      parts[#parts + 1] = '+' .. value.ok .. '\\r\\n'
    else
      local count = 0
      while value[count + 1] ~= nil do count = count + 1 end
      parts[#parts + 1] = '*' .. count .. '\\r\\n'
      for index = 1, count do write(parts, value[index]) end
    end
  else
    parts[#parts + 1] = value == true and ':1\\r\\n' or '$-1\\r\\n'
  end
end

local function evaluate(script, command)
  local count = tonumber(command[3])
  KEYS, ARGV = {}, {}
  for index = 1, count do KEYS[index] = command[3 + index] end
  for index = 4 + count, #command do ARGV[#ARGV + 1] = command[index] end
  return script()
end

local function run(command)
  local name = string.upper(command[1])
  if name == 'EVALSHA' then
    local script = scripts[command[2]]
    if not script then return { err = 'NOSCRIPT No matching script. Please use EVAL.' } end
    return evaluate(script, command)
  end
  if name == 'EVAL' then
    local script, problem = loadstring(command[2])
    if not script then return { err = 'ERR ' .. problem } end
    scripts[command.sha] = script
    return evaluate(script, command)
  end
  return run_command(unpack(command))
end

-- Runs a command, whose parts end with a byte of value 1, at a time, and returns its reply; what it published follows by take_published().
function execute(text, sha, at_us)
  now_us = at_us
  local command = { sha = sha }
  for part in string.gmatch(text, '([^\\1]*)\\1') do command[#command + 1] = part end
  local isDone, reply = pcall(run, command)
  if not isDone then reply = { err = 'ERR ' .. tostring(reply) } end
  local parts = {}
  write(parts, reply)
  return table.concat(parts)
end

function take_published()
  local all = {}
  for index, message in ipairs(published) do all[index] = message[1] .. '\\n' .. message[2] end
  published = {}
  return table.concat(all, '\\r')
end

-- How many keys exist, and the bytes of their names and values.
function sizes()
  local keys, bytes = 0, 0
  for key in pairs(entries) do
    local entry = live(key)
    if entry then
      keys, bytes = keys + 1, bytes + #key + #(entry.value or '')
      for member in pairs(entry.scores or {}) do bytes = bytes + #member + 8 end
      for field, value in pairs(entry.fields or {}) do bytes = bytes + #field + #value end
    end
  end
  return keys .. ' ' .. bytes
end
`;
