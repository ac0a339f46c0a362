import type { RedisServer } from "@connectry/testing";
import type { RateLimit } from "../src/provider/profile.js";
import type { LimitPlan, LimitRun, Reach } from "./limit.worker.js";
import { upstashFront } from "./redis.js";
import { startWorkers, type Worker } from "./workers.js";

/** A process that keeps a limit with others. */
export type LimitWorker = Worker<typeof import("./limit.worker.js")>;

/** Every client that Redis is reached by. */
export const kinds = ["node-redis", "ioredis", "upstash"] as const;

/** How a worker reaches a server by a kind of client. */
export async function reachOf(kind: Reach["kind"], server: RedisServer): Promise<Reach> {
  return kind === "upstash" ? { kind, ...(await upstashFront(server)) } : { kind, url: server.url };
}

/** A limit of so many a second. */
export const perSecond = (limit: number, window: NonNullable<RateLimit["window"]> = "gcra"): RateLimit[] => [
  { bucket: "default", limit, perMs: 1_000, window },
];

/** Starts processes that share a limit; `planOf` says what each does otherwise. */
export async function startLimitWorkers(
  reach: Reach,
  count: number,
  planOf: (index: number) => Partial<LimitPlan> = () => ({}),
): Promise<LimitWorker[]> {
  const file = new URL("./limit.worker.ts", import.meta.url);
  const workers = await startWorkers<typeof import("./limit.worker.js")>(file, count);
  await Promise.all(
    workers.map((worker, index) => worker.call("start", { reach, limits: perSecond(100), ...planOf(index) })),
  );
  return workers;
}

/** What all did together, and each beside the others. */
export function sumUp(runs: readonly LimitRun[]) {
  const counts = runs.map(({ admittedAtMs }) => admittedAtMs.length);
  const passed = runs.flatMap(({ admittedAtMs }) => admittedAtMs).sort((a, b) => a - b);
  const spanMs = (passed.at(-1) ?? 0) - (passed[0] ?? 0);
  return {
    permitsUs: runs.flatMap(({ permitsUs }) => permitsUs),
    passed,
    failures: runs.flatMap(({ failures }) => failures),
    trips: runs.reduce((sum, { trips }) => sum + trips, 0),
    /** How many passed in a second. */
    rate: ((passed.length - 1) * 1_000) / spanMs,
    /** How far the one that is furthest from the mean is from it, as a part of the mean. */
    unevenness: Math.max(...counts.map((count) => Math.abs((count * counts.length) / passed.length - 1))),
  };
}

/** Has all of them call for so long. */
export function runAll(
  workers: readonly LimitWorker[],
  durationMs: number,
  { lanes = 10, abortedShare = 0 } = {},
): Promise<LimitRun[]> {
  return Promise.all(workers.map((worker) => worker.call("run", durationMs, lanes, abortedShare)));
}
