import { quantile } from "./figures.ts";
import type { Core } from "./load-core.ts";
import { type CallsSummary, summarize } from "./real/summary.ts";
import { type MeasuredTimes, timesOf } from "./redis/measured-times.ts";
import { simulateCalls } from "./simulation/simulate-calls.ts";
import { type Simulated, simulateProcesses } from "./simulation/simulate-processes.ts";
import type { CallsRun, CallsWorkload } from "./workloads/calls.ts";
import { type ColdKeyWorkload, coldKeyProcess } from "./workloads/cold-key.ts";
import { refreshProcesses } from "./workloads/refresh.ts";

/** What all scenarios need. */
export interface ScenarioContext {
  readonly core: Core;
  readonly measured: MeasuredTimes;
}

/** A point of a plot of calls. */
export interface CallsPoint extends CallsSummary {
  readonly processes: number;
  readonly leaseSize: number;
  readonly tenants: number;
  /** Which part of the time the processor of Redis worked. */
  readonly redisBusy: number;
  readonly keys: number;
  readonly keyBytes: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

// Between two machines of one region a round trip takes longer than on one; a figure of ours, not measured.
const networkMs = 0.5;
const seed = 1;

const setupOf = ({ core, measured }: ScenarioContext) => ({ core, times: timesOf(measured, networkMs), seed });

const rounded = <T extends object>(point: T): T =>
  Object.fromEntries(
    Object.entries(point).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toPrecision(4)) : value,
    ]),
  ) as T;

function pointOf(workload: CallsWorkload, { runs, traffic, keys }: Simulated<CallsRun>): CallsPoint {
  const { processes, leaseSize, tenants, durationMs } = workload;
  const tookMs = runs.flatMap((run) => run.tookMs);
  return rounded({
    processes,
    leaseSize,
    tenants,
    ...summarize(workload, runs, traffic),
    redisBusy: traffic.busyMs / durationMs,
    keys: keys.keys,
    keyBytes: keys.bytes,
    medianMs: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
  });
}

const perSecond = (limit: number): CallsWorkload["limits"] => [{ bucket: "default", limit, perMs: 1_000 }];

const oneTenant = { tenants: 1, zipfExponent: 1, providerMs: 20 } as const;

async function simulate(context: ScenarioContext, workload: CallsWorkload): Promise<CallsPoint> {
  return pointOf(workload, await simulateCalls(workload, setupOf(context)));
}

/** One quota that ever more processes share: more than it allows is asked for all the time. */
export async function sharedQuota(context: ScenarioContext): Promise<readonly CallsPoint[]> {
  const points: CallsPoint[] = [];
  for (const processes of [1, 2, 4, 8, 30, 100, 300, 1_000, 3_000, 10_000]) {
    const lanes = Math.max(1, Math.round(200 / processes));
    // Long enough that each has its turn.
    const durationMs = Math.max(2_000, processes * 1.2);
    points.push(
      await simulate(context, { ...oneTenant, processes, lanes, limits: perSecond(1_000), leaseSize: 1, durationMs }),
    );
  }
  return points;
}

/** Leases of ever more permits, for few processes and for many. */
export async function leases(context: ScenarioContext): Promise<readonly CallsPoint[]> {
  const points: CallsPoint[] = [];
  for (const processes of [4, 30, 100])
    for (const leaseSize of [1, 5, 20, 50])
      points.push(
        await simulate(context, {
          ...oneTenant,
          processes,
          lanes: 60,
          limits: perSecond(1_000),
          leaseSize,
          durationMs: 2_000,
        }),
      );
  return points;
}

/** Ever more tenants, each with a limit of its own, and most of the calls for few of them. */
export async function manyTenants(context: ScenarioContext): Promise<readonly CallsPoint[]> {
  const points: CallsPoint[] = [];
  for (const tenants of [100, 1_000, 10_000, 100_000])
    points.push(
      await simulate(context, {
        processes: 100,
        lanes: 20,
        limits: perSecond(50),
        leaseSize: 1,
        tenants,
        zipfExponent: 1,
        providerMs: 20,
        thinkMs: 1_000,
        durationMs: 2_000,
      }),
    );
  return points;
}

/** Ever more calls a second through one Redis, none of which waits for its limit. */
export async function oneRedis(
  context: ScenarioContext,
): Promise<readonly (CallsPoint & { callsPerSecond: number })[]> {
  const points: (CallsPoint & { callsPerSecond: number })[] = [];
  for (const callsPerSecond of [2_000, 5_000, 10_000, 15_000, 20_000, 25_000]) {
    const processes = 200;
    const durationMs = 300;
    const lanes = callsPerSecond / processes;
    const workload: CallsWorkload = {
      processes,
      lanes,
      limits: perSecond(100_000),
      leaseSize: 1,
      tenants: 1,
      zipfExponent: 1,
      providerMs: 0,
      thinkMs: 1_000,
      durationMs,
    };
    const point = await simulate(context, workload);
    points.push({ ...point, callsPerSecond });
  }
  return points;
}

/** A provider that accepts half of what it documents: from its first 429 on all processes pause, and then go on slowly. */
export async function pauses(context: ScenarioContext) {
  const points = [];
  for (const processes of [1, 10, 100, 1_000]) {
    const workload: CallsWorkload = {
      ...oneTenant,
      processes,
      lanes: Math.max(1, Math.round(200 / processes)),
      limits: perSecond(1_000),
      leaseSize: 1,
      durationMs: 8_000,
    };
    const accepts = 500;
    let window = -1;
    let count = 0;
    let firstRejectedAtMs = Infinity;
    let rejected = 0;
    let rejectedInPause = 0;
    const provider = (_: number, atMs: number) => {
      const second = Math.floor(atMs / 1_000);
      if (second !== window) count = 0;
      window = second;
      count += 1;
      if (count <= accepts) return undefined;
      firstRejectedAtMs = Math.min(firstRejectedAtMs, atMs);
      rejected += 1;
      if (atMs < firstRejectedAtMs + 1_000) rejectedInPause += 1;
      return 1;
    };
    const { runs } = await simulateCalls(workload, { ...setupOf(context), provider });
    const requests = runs.reduce((sum, run) => sum + run.sentAtMs.length, 0);
    points.push(
      rounded({
        processes,
        requests,
        rejected,
        rejectedBeforePause: rejectedInPause,
        utilization: (requests - rejected) / (accepts * (workload.durationMs / 1_000)),
      }),
    );
  }
  return points;
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** A response that is in no cache, which all processes ask for at the same time. */
export async function coldKey(context: ScenarioContext) {
  const points = [];
  for (const processes of [1, 10, 100, 1_000]) {
    const workload: ColdKeyWorkload = { processes, callers: 10, providerMs: 200 };
    const { runs, traffic } = await simulateProcesses({ processes, endsAtMs: 60_000 }, setupOf(context), (parts) =>
      coldKeyProcess(workload, parts),
    );
    points.push(
      rounded({
        processes,
        calls: processes * workload.callers,
        upstreamRequests: sumOf(runs.map(({ requests }) => requests)),
        operationsPerProcess: traffic.commands / processes,
        bytesPerProcess: (traffic.bytesIn + traffic.bytesOut) / processes,
        p99Ms: quantile(
          runs.flatMap(({ tookMs }) => tookMs),
          0.99,
        ),
      }),
    );
  }
  return points;
}

/** A token of one account that has expired, which all processes need at the same time. */
export async function tokenRefresh(context: ScenarioContext) {
  const points = [];
  for (const processes of [1, 10, 100, 1_000]) {
    const workload = { processes, providerMs: 200 };
    const { runs, traffic } = await simulateProcesses(
      { processes, endsAtMs: 180_000 },
      setupOf(context),
      refreshProcesses(workload),
    );
    points.push(
      rounded({
        processes,
        upstreamRequests: sumOf(runs.map(({ refreshes }) => refreshes)),
        operationsPerProcess: traffic.commands / processes,
        bytesPerProcess: (traffic.bytesIn + traffic.bytesOut) / processes,
        p99Ms: quantile(
          runs.map(({ tookMs }) => tookMs),
          0.99,
        ),
      }),
    );
  }
  return points;
}
