import { jainIndex, mostInWindow } from "../figures.ts";
import type { RedisTraffic } from "../redis/simulated-redis.ts";
import type { CallsRun, CallsWorkload } from "../workloads/calls.ts";

/** The figures of a run, simulated or real. */
export interface CallsSummary {
  readonly calls: number;
  /** Calls that were sent, as a part of what the first limit allows in the time to the tenants that were called. */
  readonly utilization: number;
  /** The most calls of one tenant in any window of the first limit, as a part of it. */
  readonly worstWindow: number;
  /** Jain's index over the calls of the processes. */
  readonly fairness: number;
  readonly operationsPerCall: number;
  /** What is sent to Redis, and what it sends. */
  readonly bytesInPerCall: number;
  readonly bytesOutPerCall: number;
  readonly failed: number;
  /** How often a process went on without Redis. */
  readonly outages: number;
}

/** Sums up what processes did. */
export function summarize(
  { limits: [limit], durationMs }: CallsWorkload,
  runs: readonly CallsRun[],
  traffic: Pick<RedisTraffic, "commands" | "bytesIn" | "bytesOut">,
): CallsSummary {
  if (!limit) throw new Error("a workload without a limit has no utilization");
  const byTenant = new Map<number, number[]>();
  for (const { sentAtMs, tenants } of runs)
    for (const [index, atMs] of sentAtMs.entries()) {
      const own = byTenant.get(tenants[index]!) ?? [];
      byTenant.set(tenants[index]!, own);
      own.push(atMs);
    }
  const calls = runs.reduce((sum, { sentAtMs }) => sum + sentAtMs.length, 0);
  const windows = [...byTenant.values()].map((times) =>
    mostInWindow(
      times.sort((a, b) => a - b),
      limit.perMs,
    ),
  );
  const failed = runs.reduce((sum, run) => sum + Object.values(run.failures).reduce((all, count) => all + count, 0), 0);
  return {
    calls,
    utilization: calls / (limit.limit * (durationMs / limit.perMs) * Math.max(1, byTenant.size)),
    worstWindow: Math.max(0, ...windows) / limit.limit,
    fairness: jainIndex(runs.map(({ sentAtMs }) => sentAtMs.length)),
    operationsPerCall: traffic.commands / calls,
    bytesInPerCall: traffic.bytesIn / calls,
    bytesOutPerCall: traffic.bytesOut / calls,
    failed,
    outages: runs.reduce((sum, { outages }) => sum + outages, 0),
  };
}
