// One client in a process of its own, so that neither its heap nor its compiled code touches another's. Its parent
// asks for a slice of calls, waits, and asks the next process: slices of several clients alternate.
import { setImmediate } from "node:timers/promises";
import type { Call, Target } from "./caller.ts";
import { callerOf, callingEntries } from "./callers.ts";
import { expectObject } from "./payload.ts";

/** What a slice came to. */
export interface Slice {
  readonly calls: number;
  readonly ms: number;
  /** Time on a processor, of all threads: what others do on the machine hardly shows in it. */
  readonly cpuMs: number;
}

/** What the parent sends. */
export interface SliceRequest {
  readonly ms: number;
  /** Where it may end sooner. */
  readonly maxCalls: number;
  /** Calls before that, which do not count. */
  readonly leadMs: number;
  /** Calls at once. */
  readonly lanes: number;
}

// A stubbed call never leaves the microtask queue; what the platform frees between turns needs a turn now and then.
const callsPerTurn = 64;

async function slice(call: Call, { ms, lanes, maxCalls }: SliceRequest): Promise<Slice> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let calls = 0;
  const lane = async () => {
    do {
      await call();
      calls += 1;
      if (calls % callsPerTurn === 0) await setImmediate();
    } while (calls < maxCalls && performance.now() - startedAt < ms);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const { user, system } = process.cpuUsage(before);
  return { calls, ms: performance.now() - startedAt, cpuMs: (user + system) / 1_000 };
}

const [name, targetText] = process.argv.slice(2);
const entry = callingEntries().find(({ subject }) => subject.name === name);
if (entry === undefined || targetText === undefined) throw new Error(`There is no client called ${name}.`);
const call = await callerOf(entry).prepare(JSON.parse(targetText) as Target);
expectObject(await call());
process.on("message", async (request: SliceRequest) => {
  // Caches and branch predictors hold another process's data by now: the first moments do not count.
  await slice(call, { ...request, ms: request.leadMs });
  process.send?.(await slice(call, request));
});
process.send?.("ready");
