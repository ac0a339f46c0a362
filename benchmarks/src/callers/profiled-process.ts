// One client in a process of its own that makes calls at once, and says where its processor time and its memory went.
import { type HeapProfiler, type Profiler, Session } from "node:inspector/promises";
import { setImmediate } from "node:timers/promises";
import type { Target } from "./caller.ts";
import { callerOf, callingEntries } from "./callers.ts";
import { partOf } from "./parts.ts";

/** What is asked of it. */
export interface ProfileRequest {
  readonly warmUpMs: number;
  readonly ms: number;
  /** Calls at once. */
  readonly lanes: number;
}

/** The cost of each part of a call. */
export interface Profile {
  /** Microseconds of the main thread, by the name of the part. */
  readonly us: Readonly<Record<string, number>>;
  /** Bytes that were allocated, whether or not they were freed since. */
  readonly bytes: Readonly<Record<string, number>>;
}

const [name, targetText] = process.argv.slice(2);
const entry = callingEntries().find(({ subject }) => subject.name === name);
if (entry === undefined || targetText === undefined) throw new Error(`There is no client called ${name}.`);
const call = await callerOf(entry).prepare(JSON.parse(targetText) as Target);
const session = new Session();
session.connect();

/** Makes calls for a time, and returns how many. */
async function callFor(ms: number, lanes: number): Promise<number> {
  const endsAt = performance.now() + ms;
  let calls = 0;
  const lane = async () => {
    while (performance.now() < endsAt) {
      await call();
      calls += 1;
      if (calls % 64 === 0) await setImmediate();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return calls;
}

function add(costs: Record<string, number>, part: string | undefined, cost: number): void {
  if (part !== undefined) costs[part] = (costs[part] ?? 0) + cost;
}

function timesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, calls: number): Record<string, number> {
  const parts = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]));
  const costs: Record<string, number> = {};
  for (const [index, id] of samples.entries()) add(costs, parts.get(id), (timeDeltas[index] ?? 0) / calls);
  return costs;
}

function bytesOf({ head }: HeapProfiler.SamplingHeapProfile, calls: number): Record<string, number> {
  const costs: Record<string, number> = {};
  const visit = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode) => {
    add(costs, partOf(callFrame), selfSize / calls);
    for (const child of children) visit(child);
  };
  visit(head);
  return costs;
}

process.on("message", async ({ warmUpMs, ms, lanes }: ProfileRequest) => {
  await callFor(warmUpMs, lanes);
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  const timed = await callFor(ms, lanes);
  const { profile } = await session.post("Profiler.stop");
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: 16_384,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  const sampled = await callFor(ms, lanes);
  const { profile: heap } = await session.post("HeapProfiler.stopSampling");
  const result: Profile = { us: timesOf(profile, timed), bytes: bytesOf(heap, sampled) };
  process.send?.(result);
});
process.send?.("ready");
