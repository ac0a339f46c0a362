import { setTimeout as sleep } from "node:timers/promises";
import { createCluster } from "redis";
import { onTestFinished } from "vitest";
import { oauthAccounts } from "../../src/oauth/index.js";
import type { OauthFacts } from "../../src/provider/oauth-facts.js";
import { nodeRedis, redisTokens } from "../../src/redis/index.js";
import { acmeOauth, authorize, client, keySecret } from "../oauth/accounts.js";
import { type RedisCluster, startCluster } from "../redis-cluster.js";
import { mostInWindow } from "../windows.js";
import { startWorkers } from "../workers.js";
import { currentMasters, disturb } from "./cluster-chaos.js";
import type { SoakPlan } from "./soak.worker.js";
import type { SoakFigures } from "./soak-figures.js";
import { startProvider } from "./soak-provider.js";

const accounts = Array.from({ length: 8 }, (_, index) => `account-${index}`);
const limit = 20;
const lanes = 6;
const keepMs = 15_000;
// A claim that was made so shortly before its master was killed may not have reached the replica.
const replicationMs = 2_000;

async function authorizeAll(cluster: RedisCluster, provider: OauthFacts, server: Parameters<typeof authorize>[1]) {
  const rootNodes = cluster.masters.map(({ server: { url } }) => ({ url }));
  const redis = createCluster({ rootNodes });
  await redis.connect();
  const store = redisTokens(nodeRedis(redis), { keySecret });
  for (const account of accounts) await authorize(oauthAccounts({ provider, client, store }), server, account);
  redis.destroy();
}

/** Delivers events at a pace, each to two processes at once and again until both accept it, until it is over. */
async function deliverEvents(deliver: (process: number, id: string) => Promise<number>, endsAtMs: number) {
  const counts = { events: 0, deliveries: 0, rejected: 0 };
  const open = new Set<Promise<void>>();
  const untilAccepted = async (process: number, id: string) => {
    for (;;) {
      counts.deliveries += 1;
      if ((await deliver(process, id)) === 204) return;
      counts.rejected += 1;
      await sleep(300);
    }
  };
  while (Date.now() < endsAtMs) {
    const id = `evt_${counts.events}`;
    counts.events += 1;
    const first = counts.events % 4;
    const all = Promise.all([untilAccepted(first, id), untilAccepted((first + 1) % 4, id)]).then(() => {});
    open.add(all);
    void all.finally(() => open.delete(all));
    await sleep(100);
  }
  await Promise.all(open);
  return counts;
}

const keysOf = async (cluster: RedisCluster) => {
  const counts = await Promise.all(
    (await currentMasters(cluster)).map(async (node) => Number(await node.client.call("DBSIZE"))),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

/** Runs calls, cache, webhooks and refreshes together in 4 processes, and disturbs their cluster of six nodes meanwhile. */
export async function runSoak(minutes: number): Promise<SoakFigures> {
  const cluster = await startCluster();
  onTestFinished(() => cluster.close());
  // Refreshed a minute before they expire at the latest, or a tenth: longer than an outage.
  const provider = await startProvider(100_000, 30_000);
  const facts: OauthFacts = {
    ...acmeOauth,
    authorizeUrl: `${provider.url}/authorize`,
    tokenUrl: `${provider.url}/token`,
    revocation: { url: `${provider.url}/revoke`, by: "client", send: { token: "refresh", field: "token" } },
    graceS: 30,
  };
  await authorizeAll(cluster, facts, provider.server);
  const workers = await startWorkers<typeof import("./soak.worker.js")>(
    new URL("./soak.worker.ts", import.meta.url),
    4,
  );
  const plan: SoakPlan = {
    ports: [...cluster.masters, ...cluster.replicas].map(({ server }) => server.port),
    facts,
    apiUrl: provider.url,
    accounts,
    limits: [{ bucket: "default", limit, perMs: 1_000 }],
    prices: 50,
    ttlMs: 2_000,
    keepMs,
  };
  await Promise.all(workers.map((worker) => worker.call("start", plan)));
  await Promise.all(workers.map((worker) => worker.call("loadTokens")));
  const held = async () => {
    const all = await Promise.all(workers.map((worker) => worker.call("held")));
    const most = (name: "bytes" | "resources") => Math.max(...all.map((own) => own[name]));
    return { bytes: most("bytes"), resources: most("resources"), keys: await keysOf(cluster) };
  };

  const startedAtMs = Date.now();
  const endsAtMs = startedAtMs + minutes * 60_000;
  const running = Promise.all(workers.map((worker, index) => worker.call("run", String(index), lanes)));
  const delivering = deliverEvents((process, id) => workers[process]!.call("deliver", id), endsAtMs);
  const disturbing = disturb({ cluster, workers, rejectTokens: () => provider.server.expireAccess() }, endsAtMs);
  await sleep((endsAtMs - startedAtMs) / 3);
  const early = await held();
  const { counts: chaos, faultsAtMs } = await disturbing;
  const late = await held();
  const delivered = await delivering;
  await Promise.all(workers.map((worker) => worker.call("stop")));
  const runs = await running;
  await Promise.all(workers.map((worker) => worker.call("close")));

  const sum = (name: "writes" | "reads") => runs.reduce((total, run) => total + run[name], 0);
  const failures: Record<string, number> = {};
  for (const { atMs, error } of runs.flatMap((run) => run.failures)) {
    const last = faultsAtMs.findLast((fault) => fault.atMs <= atMs);
    const name = `${last ? `after ${last.name}` : "before any fault"}: ${error}`;
    failures[name] = (failures[name] ?? 0) + 1;
  }
  const written = runs.flatMap((run) => run.written);
  const doubled = [...provider.effects.values()].filter((times) => times.length > 1);
  // A delivery that is only accepted once its event is forgotten, because the inbox could not be reached until then.
  const isForgotten = ([first = 0, second = 0]: readonly number[]) => second - first >= keepMs;
  const isLostByKill = ([first = 0]: readonly number[]) =>
    faultsAtMs.some(({ name, atMs }) => name === "kill" && Math.abs(atMs - first) < replicationMs);
  const forgotten = doubled.filter(isForgotten);
  const seconds = [...provider.arrivals.values()].map((times) => mostInWindow(times, 1_000));
  return {
    minutes,
    chaos,
    writes: sum("writes"),
    lostWrites: written.filter((id) => !provider.items.has(id)).length,
    doubledWrites: [...provider.items.values()].filter((keys) => keys.size > 1).length,
    reads: sum("reads"),
    priceRequests: provider.counts.priceRequests,
    oldestMs: Math.max(...runs.map(({ oldestMs }) => oldestMs)),
    failures,
    requests: provider.counts.requests,
    lostResponses: provider.counts.lost,
    unavailableResponses: provider.counts.unavailable,
    worstSecond: Math.max(...seconds) / limit,
    events: delivered.events,
    deliveries: delivered.deliveries,
    rejectedDeliveries: delivered.rejected,
    lostEvents: delivered.events - provider.effects.size,
    doubledEvents: doubled.length,
    forgottenEvents: forgotten.length,
    unexplainedEvents: doubled.filter((times) => !isForgotten(times) && !isLostByKill(times)).length,
    refreshes: provider.server.counts.refreshes,
    reuses: provider.server.counts.reuses,
    revocations: provider.server.counts.revocations,
    heapBytes: [early.bytes, late.bytes],
    resources: [early.resources, late.resources],
    keys: [early.keys, late.keys],
  };
}
