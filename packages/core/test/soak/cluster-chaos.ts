import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { keySlot } from "../../src/redis-connection/key-slot.js";
import { type ClusterNode, moveSlot, type RedisCluster } from "../redis-cluster.js";
import type { Worker } from "../workers.js";
import type { ChaosCounts } from "./soak-figures.js";

/** What is disturbed. */
export interface ChaosTargets {
  readonly cluster: RedisCluster;
  readonly workers: readonly Pick<Worker<Record<string, () => unknown>>, "signal">[];
  readonly rejectTokens: () => void;
}

const nodesOf = ({ masters, replicas }: RedisCluster) => [...masters, ...replicas];

const roleOf = ({ client }: ClusterNode) =>
  client.call("ROLE").then(
    (role) => (role as unknown[])[0],
    () => undefined,
  );

/** The nodes that are masters now. */
export async function currentMasters(cluster: RedisCluster): Promise<ClusterNode[]> {
  const nodes = nodesOf(cluster);
  const roles = await Promise.all(nodes.map(roleOf));
  return nodes.filter((_, index) => roles[index] === "master");
}

/** Waits until every node says that the cluster works, and each replica has what its master has. */
export async function untilHealthy(cluster: RedisCluster): Promise<void> {
  const health = async ({ client }: ClusterNode) => {
    const info = String(await client.call("CLUSTER", "INFO").catch(() => ""));
    const replication = await client.info("replication").catch(() => "");
    return /cluster_state:ok/.test(info) && !replication.includes("master_link_status:down");
  };
  const isHealthy = async () => {
    const all = await Promise.all(nodesOf(cluster).map(health));
    return all.every(Boolean) && (await currentMasters(cluster)).length === 3;
  };
  await expect.poll(isHealthy, { timeout: 60_000, interval: 100 }).toBe(true);
}

const one = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T;

/** Moves the slots of some entries of the cache to another master. */
async function reshard(cluster: RedisCluster): Promise<void> {
  const masters = await currentMasters(cluster);
  for (let index = 0; index < 4; index += 1) {
    const slot = keySlot(`{cache-${Math.floor(Math.random() * 16)}}`);
    const ranges = (await masters[0]!.client.call("CLUSTER", "SLOTS")) as [number, number, [string, number]][];
    const port = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][1];
    const from = masters.find(({ server }) => server.port === port);
    const to = one(masters.filter((node) => node !== from));
    if (from) await moveSlot({ ...cluster, masters }, slot, { from, to, between: () => sleep(50) });
  }
}

/** Causes one fault after another until it is over, each in a cluster that works. Returns how often, and when each began. */
export async function disturb({ cluster, workers, rejectTokens }: ChaosTargets, endsAtMs: number) {
  const counts: ChaosCounts = { kill: 0, stop: 0, reshard: 0, slow: 0, "stop a process": 0, "reject all tokens": 0 };
  const faultsAtMs: { readonly name: keyof ChaosCounts; readonly atMs: number }[] = [];
  const faults: Readonly<Record<keyof ChaosCounts, () => Promise<void>>> = {
    async kill() {
      const { server } = one(await currentMasters(cluster));
      await server.kill();
      // Its replica takes over.
      await expect.poll(async () => (await currentMasters(cluster)).length, { timeout: 30_000 }).toBe(3);
      await server.restart();
    },
    async stop() {
      const { server } = one(nodesOf(cluster));
      server.stop();
      await sleep(1_200);
      server.resume();
    },
    reshard: () => reshard(cluster),
    async slow() {
      const { client } = one(await currentMasters(cluster));
      for (let times = 0; times < 5; times += 1) {
        await client.call("CLIENT", "PAUSE", "250", "ALL").catch(() => {});
        await sleep(350);
      }
    },
    async "stop a process"() {
      const worker = one(workers);
      worker.signal("SIGSTOP");
      await sleep(2_000);
      worker.signal("SIGCONT");
    },
    async "reject all tokens"() {
      rejectTokens();
      // A call whose token was rejected needs the store for another: it would fail while that is unavailable.
      await sleep(5_000);
    },
  };
  const names = Object.keys(faults) as (keyof ChaosCounts)[];
  for (let index = 0; Date.now() < endsAtMs; index += 1) {
    await untilHealthy(cluster);
    await sleep(1_500);
    const name = names[index % names.length]!;
    faultsAtMs.push({ name, atMs: Date.now() });
    await faults[name]();
    counts[name] += 1;
  }
  await untilHealthy(cluster);
  return { counts, faultsAtMs };
}
