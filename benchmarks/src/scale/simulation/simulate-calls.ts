import type { Core } from "../load-core.ts";
import { luaRedis } from "../redis/lua-redis.ts";
import { type RedisTimes, type RedisTraffic, simulatedRedis } from "../redis/simulated-redis.ts";
import { type CallsRun, type CallsWorkload, callsProcess, type ProcessParts } from "../workloads/calls.ts";
import { seeded } from "./random.ts";
import { createSimulation } from "./simulation.ts";

/** What was simulated. */
export interface SimulatedCalls {
  readonly runs: readonly CallsRun[];
  readonly traffic: RedisTraffic;
  readonly keys: { readonly keys: number; readonly bytes: number };
}

/** How a simulation is set up. */
export interface SimulationSetup {
  readonly core: Core;
  readonly times: RedisTimes;
  readonly seed: number;
  readonly provider?: ProcessParts["provider"];
  /** How long commands may take, in milliseconds. @default that of a connection, 40 */
  readonly timeoutMs?: number;
}

/** Runs a workload of many processes on a simulated Redis. */
export async function simulateCalls(workload: CallsWorkload, setup: SimulationSetup): Promise<SimulatedCalls> {
  const { core, times, seed, provider, timeoutMs } = setup;
  const simulation = createSimulation();
  const { clock } = simulation;
  const random = seeded(seed);
  const lua = await luaRedis();
  const redis = simulatedRedis(simulation, lua, { times, random });
  const runs: CallsRun[] = [];
  const processes = Array.from({ length: workload.processes }, () =>
    callsProcess(workload, {
      core,
      clock,
      connection: core.createRedisConnection(redis.client(), { clock, ...(timeoutMs && { timeoutMs }) }),
      random,
      ...(provider && { provider }),
    }),
  );
  // Not all at the same moment, as processes do not start so.
  for (const process of processes) simulation.at(random() * 10, () => void process.run().then((run) => runs.push(run)));
  await simulation.runUntil(workload.durationMs + 1_000, () => runs.length === processes.length);
  const keys = lua.sizes();
  const traffic = { ...redis.traffic };
  lua.close();
  return { runs, traffic, keys };
}
