import { keySlot } from "./key-slot.js";
import { type RedisScript, redisScript } from "./redis-script.js";

/** One run of a script, on its own keys. */
export interface ScriptRun {
  readonly script: RedisScript;
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** Runs of the same script that one command executes. */
export type RunGroup<Run extends ScriptRun = ScriptRun> = readonly [Run, ...Run[]];

// Each run is a call of a function that has its keys and arguments in place of the command's, and returns a pair: whether it
// succeeded, and its reply or the text of its error. So one that fails does not fail the others.
const repeated = ({ source, prelude }: RedisScript) => `${prelude}
local function slice(list, first, count)
  -- Lua unpacks some thousands at most.
  if count <= 1000 then return { unpack(list, first, first + count - 1) } end
  local part = {}
  for i = 1, count do part[i] = list[first + i - 1] end
  return part
end
local function run(KEYS, ARGV)
${source}
end
local replies, key, arg = {}, 0, 1
while arg <= #ARGV do
  local keyCount, argCount = tonumber(ARGV[arg]), tonumber(ARGV[arg + 1])
  local isDone, reply = pcall(run, slice(KEYS, key + 1, keyCount), slice(ARGV, arg + 2, argCount))
  key, arg = key + keyCount, arg + 2 + argCount
  if not isDone then reply = type(reply) == 'table' and reply.err or tostring(reply) end
  replies[#replies + 1] = { isDone and 1 or 0, reply }
end
return replies`;

const repeatedScripts = new WeakMap<RedisScript, RedisScript>();

/** The script that executes a script once for each run of a group. */
function repeatedOf(script: RedisScript): RedisScript {
  const known = repeatedScripts.get(script) ?? redisScript(repeated(script));
  repeatedScripts.set(script, known);
  return known;
}

/**
 * Groups the runs that one command may execute: up to `maxRuns` of one script, and in a cluster those whose keys are in one slot.
 * Groups are in the order of their first runs.
 */
export function groupRuns<Run extends ScriptRun>(runs: readonly Run[], isCluster: boolean): readonly RunGroup<Run>[] {
  const groups = new Map<RedisScript, Map<number, [Run, ...Run[]][]>>();
  for (const run of runs) {
    const slot = isCluster ? keySlot(run.keys[0] ?? "") : 0;
    const bySlot = groups.get(run.script) ?? new Map<number, [Run, ...Run[]][]>();
    groups.set(run.script, bySlot);
    const ofSlot = bySlot.get(slot) ?? [];
    bySlot.set(slot, ofSlot);
    const last = ofSlot.at(-1);
    if (last && last.length < run.script.maxRuns) last.push(run);
    else ofSlot.push([run]);
  }
  return [...groups.values()].flatMap((bySlot) => [...bySlot.values()].flat());
}

/** The command that executes a group: by the script's hash, or by its source where Redis does not know it (any longer). */
export async function commandOf(group: RunGroup, name: "EVALSHA" | "EVAL"): Promise<readonly string[]> {
  const script = repeatedOf(group[0].script);
  const command = [name, name === "EVAL" ? script.source : await script.sha(), ""];
  let keyCount = 0;
  for (const { keys } of group) {
    keyCount += keys.length;
    command.push(...keys);
  }
  command[2] = String(keyCount);
  for (const { keys, args } of group) {
    command.push(String(keys.length), String(args.length));
    for (const arg of args) command.push(String(arg));
  }
  return command;
}

/** The result of one run. */
export type RunResult = { readonly reply: unknown } | { readonly error: string };

/** The results of a group, one for each run in their order. Throws where Redis replies with something else. */
export function readRuns(reply: unknown, group: RunGroup): readonly RunResult[] {
  if (!Array.isArray(reply) || reply.length !== group.length) throw new Error("unexpected reply of Redis");
  return reply.map((pair: unknown): RunResult => {
    // A reply of nil ends the pair.
    const [isDone, own = null] = Array.isArray(pair) ? (pair as unknown[]) : [];
    return Number(isDone) === 1 ? { reply: own } : { error: String(own) };
  });
}
