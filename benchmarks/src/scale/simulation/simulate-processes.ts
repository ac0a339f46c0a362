import type { Core } from "../load-core.ts";
import { luaRedis } from "../redis/lua-redis.ts";
import { type RedisTimes, type RedisTraffic, simulatedRedis } from "../redis/simulated-redis.ts";
import { type Random, seeded } from "./random.ts";
import { createSimulation, type SimulatedClock } from "./simulation.ts";

/** How a simulation is set up. */
export interface SimulationSetup {
  readonly core: Core;
  readonly times: RedisTimes;
  readonly seed: number;
  /** How long commands may take, in milliseconds. @default that of a connection, 40 */
  readonly timeoutMs?: number;
  /** What one process does before the others start, whose traffic does not count. @default nothing */
  readonly prepare?: ((parts: SimulatedParts) => Promise<void>) | undefined;
}

/** What a simulated process works with. */
export interface SimulatedParts {
  readonly core: Core;
  readonly clock: SimulatedClock;
  readonly connection: ReturnType<Core["createRedisConnection"]>;
  readonly random: Random;
}

/** What was simulated. */
export interface Simulated<Run> {
  readonly runs: readonly Run[];
  readonly traffic: RedisTraffic;
  readonly keys: { readonly keys: number; readonly bytes: number };
}

// Processes do not start at the same moment: ten begin in a millisecond.
const startsPerMs = 10;

/** Runs processes on a simulated Redis, each with a connection of its own, until all are done or the time is over. */
export async function simulateProcesses<Run>(
  { processes, endsAtMs }: { readonly processes: number; readonly endsAtMs: number },
  { core, times, seed, timeoutMs, prepare }: SimulationSetup,
  createProcess: (parts: SimulatedParts) => () => Promise<Run>,
): Promise<Simulated<Run>> {
  const simulation = createSimulation();
  const { clock } = simulation;
  const random = seeded(seed);
  const lua = await luaRedis();
  const redis = simulatedRedis(simulation, lua, { times, random });
  const connect = () => core.createRedisConnection(redis.client(), { clock, ...(timeoutMs && { timeoutMs }) });
  const runs: Run[] = [];
  const failures: unknown[] = [];
  if (prepare) {
    let isPrepared = false;
    const preparing = prepare({ core, clock, connection: connect(), random }).then(() => {
      isPrepared = true;
    });
    await simulation.runUntil(endsAtMs, () => isPrepared);
    await preparing;
    Object.assign(redis.traffic, { commands: 0, scriptRuns: 0, bytesIn: 0, bytesOut: 0, busyMs: 0 });
  }
  const startedAtMs = clock.monotonic();
  for (let index = 0; index < processes; index += 1) {
    const run = createProcess({ core, clock, connection: connect(), random });
    simulation.at(startedAtMs + (random() * processes) / startsPerMs, () => {
      run().then(
        (done) => runs.push(done),
        (error: unknown) => failures.push(error),
      );
    });
  }
  await simulation.runUntil(startedAtMs + endsAtMs, () => runs.length + failures.length === processes);
  const simulated = { runs, traffic: { ...redis.traffic }, keys: lua.sizes() };
  lua.close();
  if (failures.length > 0) throw failures[0];
  return simulated;
}
