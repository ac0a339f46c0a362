import { writeFile } from "node:fs/promises";
import type { Redis } from "ioredis";
import { privateRedis } from "../../limiters/private-redis.ts";
import { machineLine } from "../../report/machine.ts";
import type { Core } from "../load-core.ts";
import { type MeasuredTimes, quantileParts, timesFile } from "./measured-times.ts";

const samples = 5_000;
const runs = 5_000;
// The machine is rarely idle: of so many rounds the quietest is what Redis takes.
const rounds = 8;
const batch = 20;

const cpuMs = async (client: Redis) => {
  const text = await client.info("cpu");
  const seconds = [...text.matchAll(/^used_cpu_(?:user|sys):([\d.]+)/gm)].map(([, value]) => Number(value));
  return seconds.reduce((sum, value) => sum + value, 0) * 1_000;
};

const memoryOf = async (client: Redis) => Number(/^used_memory:(\d+)/m.exec(await client.info("memory"))?.[1]);

async function roundTrips(client: Redis): Promise<readonly number[]> {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const startedAtMs = performance.now();
    await client.ping();
    times.push(performance.now() - startedAtMs);
  }
  times.sort((a, b) => a - b);
  return quantileParts.map((part) => Number(times[Math.round(part * (samples - 1))]!.toFixed(4)));
}

async function leastOf<T>(measure: () => Promise<T>, numberOf: (measured: T) => number): Promise<T> {
  let least = await measure();
  for (let round = 1; round < rounds; round += 1) {
    const measured = await measure();
    if (numberOf(measured) < numberOf(least)) least = measured;
  }
  return least;
}

const itself = (value: number) => value;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Measures a Redis on this machine, and stores what the simulation draws from. */
export async function measureTimes(core: Core): Promise<MeasuredTimes> {
  const redis = await privateRedis();
  const { client } = redis;
  try {
    const roundTripMs = await leastOf(() => roundTrips(client), mean);
    const limit = [{ name: "default 0", cost: 1, gcra: { intervalMs: 0.001, toleranceMs: 1 }, sliding: undefined }];
    const connection = core.ioredis(client as never, { timeoutMs: 10_000 });
    const storeOf = () => core.redisRateLimits({ redis: connection, keySecret: "a secret of the scale runs" });
    const store = storeOf();
    const tenantOf = (name: string) =>
      ({
        id: name,
        refreshable: false,
        credentialRef: { derive: <T>(from: (secret: string) => T) => from(name) },
      }) as never;
    const tenants = Array.from({ length: batch }, (_, index) => tenantOf(`tenant ${index}`));
    const take = (tenant: never, from = store) =>
      from.reserve({ tenant, scopes: ["default"], costs: limit, waiting: () => 1 } as never);
    for (const tenant of tenants) await take(tenant);

    const usPerRun = async (atOnce: number) => {
      const before = await cpuMs(client);
      for (let count = 0; count < runs; count += atOnce)
        await Promise.all(tenants.slice(0, atOnce).map((one) => take(one)));
      return ((await cpuMs(client)) - before) * (1_000 / runs);
    };
    // A command of one run costs c + r, one of a batch c + batch * r.
    const single = await leastOf(() => usPerRun(1), itself);
    const batched = await leastOf(() => usPerRun(batch), itself);
    const runUs = (batched * batch - single) / (batch - 1);

    const many = 10_000;
    const slow = [{ ...limit[0]!, gcra: { intervalMs: 60_000, toleranceMs: 600_000 } }];
    const before = await memoryOf(client);
    for (let index = 0; index < many; index += 1)
      await store.reserve({
        tenant: tenantOf(`many ${index}`),
        scopes: ["default"],
        costs: slow,
        waiting: () => 1,
      } as never);
    const withTenants = await memoryOf(client);
    // Another store is another process. A set of some members is stored more compactly than one of many.
    const others = Array.from({ length: 200 }, storeOf);
    const one = tenantOf("many 0");
    for (const other of others) await take(one, other);
    const withProcesses = await memoryOf(client);

    const measured: MeasuredTimes = {
      machine: machineLine(),
      redis: /^redis_version:(\S+)/m.exec(await client.info("server"))?.[1] ?? "",
      samples: samples * rounds,
      roundTripMs,
      commandUs: Number((single - runUs).toFixed(2)),
      runUs: Number(runUs.toFixed(2)),
      bytesPerTenant: Math.round((withTenants - before) / many),
      bytesPerPresence: Math.round((withProcesses - withTenants) / others.length),
    };
    await writeFile(timesFile, `${JSON.stringify(measured, undefined, 2)}\n`);
    await Promise.all([store, ...others].map((used) => used.close()));
    return measured;
  } finally {
    await redis.close();
  }
}
