// One client in a process of its own, so that clients share neither heap nor compiled code. Its parent requests a slice of
// calls, waits, and goes on to the next process: the slices of the clients alternate.
import { setImmediate } from "node:timers/promises";
import type { Call, Target } from "./caller.ts";
import { callerOf, callingEntries } from "./callers.ts";
import { observedEntries } from "./observed.ts";
import { expectObject } from "./payload.ts";

/** The result of a slice. */
export interface Slice {
  readonly calls: number;
  readonly ms: number;
  /** Processor time of all threads, which other processes of the machine hardly affect. */
  readonly cpuMs: number;
}

/** The request of the parent. */
export interface SliceRequest {
  readonly ms: number;
  /** After so many calls the slice ends early. */
  readonly maxCalls: number;
  /** For how long calls are made before, which do not count. */
  readonly leadMs: number;
  /** Calls at once. */
  readonly lanes: number;
}

// A stubbed call never leaves the microtask queue, and the platform frees some resources only between turns of the event loop.
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
const entry = [...callingEntries(), ...observedEntries()].find(({ subject }) => subject.name === name);
if (entry === undefined || targetText === undefined) throw new Error(`There is no client called ${name}.`);
const call = await callerOf(entry).prepare(JSON.parse(targetText) as Target);
expectObject(await call());
process.on("message", async (request: SliceRequest) => {
  // Processor caches and branch predictors now hold the data of another process: the first calls do not count.
  await slice(call, { ...request, ms: request.leadMs });
  process.send?.(await slice(call, request));
});
process.send?.("ready");
