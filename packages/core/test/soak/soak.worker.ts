import { Cluster } from "ioredis";
import { type TieredCache, tieredCache } from "../../src/cache/index.js";
import { oauthAccounts } from "../../src/oauth/index.js";
import type { OauthFacts } from "../../src/provider/oauth-facts.js";
import type { RateLimit } from "../../src/provider/profile.js";
import {
  ioredis,
  type RedisRateLimits,
  redisCacheStore,
  redisInbox,
  redisRateLimits,
  redisTokens,
} from "../../src/redis/index.js";
import { createWebhookHandler, signWebhook, stripe, type WebhookHandler } from "../../src/webhooks/index.js";
import { createAcme } from "../acme.js";
import { heldBytes } from "../heap.js";
import { client, keySecret } from "../oauth/accounts.js";

/** What a process is started with. */
export interface SoakPlan {
  readonly ports: readonly number[];
  readonly facts: OauthFacts;
  readonly apiUrl: string;
  readonly accounts: readonly string[];
  readonly limits: readonly RateLimit[];
  readonly prices: number;
  /** How long a price may be cached, and an event is remembered. */
  readonly ttlMs: number;
  readonly keepMs: number;
}

/** What a process did. */
export interface SoakRun {
  readonly written: readonly string[];
  readonly writes: number;
  readonly reads: number;
  /** By how much the oldest price that was read was older than it may be, in milliseconds; negative where none was. */
  readonly oldestMs: number;
  readonly failures: readonly { readonly atMs: number; readonly error: string }[];
}

let plan: SoakPlan;
let acme: ReturnType<typeof createAcme>;
let handler: WebhookHandler;
let cache: TieredCache;
let store: RedisRateLimits;
let isOver = false;

/** Connects to the cluster, and creates a client with all that several processes share. */
export async function start(given: SoakPlan): Promise<void> {
  plan = given;
  const nodes = plan.ports.map((port) => ({ host: "127.0.0.1", port }));
  const cluster = new Cluster(nodes, { clusterRetryStrategy: () => 100, slotsRefreshTimeout: 2_000 });
  cluster.on("error", () => {});
  await new Promise((resolve) => cluster.once("ready", resolve));
  // On a busy machine a node may need more than the default of 40 ms to get its turn.
  const redis = ioredis(cluster, { timeoutMs: 500 });
  store = redisRateLimits({ redis, keySecret, processes: 4, onError: () => {} });
  cache = tieredCache({ store: redisCacheStore(redis, { slots: 16 }), keySecret });
  acme = createAcme({
    auth: oauthAccounts({ provider: plan.facts, client, store: redisTokens(redis, { keySecret }) }),
    baseUrl: plan.apiUrl,
    cache,
    rateLimit: { limits: plan.limits, store },
  });
  handler = createWebhookHandler(stripe, {
    secrets: "whsec_test",
    inbox: redisInbox(redis, { keepMs: plan.keepMs }),
    // Longer than any outage: a claim outlives it.
    leaseMs: 15_000,
    whenInboxFails: "reject",
    otherwise: async ({ id }) => {
      const { ok } = await fetch(`${plan.apiUrl}/effects/${id}`, { method: "POST" });
      if (!ok) throw new Error("the effect failed");
    },
    onError: () => {},
  });
}

const one = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T;

/** Has the token of each account from now on: one that is held needs no store until it is due. */
export async function loadTokens(): Promise<void> {
  await Promise.all(plan.accounts.map((account) => acme.GET("/api/prices/0", { account })));
}

/** Writes and reads in lanes, until `stop`. Each write has an id that nothing else has. */
export async function run(name: string, lanes: number): Promise<SoakRun> {
  const written: string[] = [];
  const failures: { atMs: number; error: string }[] = [];
  let writes = 0;
  let reads = 0;
  let oldestMs = -Infinity;
  const write = async (account: string) => {
    const id = `${name}-${writes}`;
    writes += 1;
    await acme.POST("/api/items", { account, body: { id } });
    written.push(id);
  };
  const read = async (account: string) => {
    const startedAtMs = Date.now();
    const path = `/api/prices/${Math.floor(Math.random() * plan.prices)}`;
    const { data } = await acme.GET(path, { account, cache: { ttlMs: plan.ttlMs, tags: ["prices"] } });
    reads += 1;
    // The response was created at this time; a call that waited may have got it in the meantime.
    oldestMs = Math.max(oldestMs, startedAtMs - data.atMs - plan.ttlMs);
  };
  const lane = async () => {
    while (!isOver) {
      try {
        await one([write, read])(one(plan.accounts));
      } catch (error) {
        failures.push({ atMs: Date.now(), error: String(error) });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { written, writes, reads, oldestMs, failures };
}

/** From now on no call begins. */
export function stop(): void {
  isOver = true;
}

/** Delivers an event to this process, and returns the status of the response. */
export async function deliver(id: string): Promise<number> {
  const request = await signWebhook(stripe, { id, type: "invoice.paid" }, { secret: "whsec_test" });
  return (await handler(request)).status;
}

/** What this process holds. */
export function held(): { readonly bytes: number; readonly resources: number } {
  return { bytes: heldBytes(), resources: process.getActiveResourcesInfo().length };
}

/** Ends subscriptions. */
export async function close(): Promise<void> {
  await Promise.all([store.close(), cache.close()]);
}
