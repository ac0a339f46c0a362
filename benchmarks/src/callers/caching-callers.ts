import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { tarballHome } from "../installed/tarballs.ts";
import type { Call } from "./caller.ts";

/** Where responses come from and where they are cached. */
export interface CachingTarget {
  /** In memory only, or in Redis only. `cold`: in both, as in a program. */
  readonly tier: "memory" | "redis" | "cold";
  readonly baseUrl: string;
  readonly redisUrl: string;
  /** Bytes of a response. */
  readonly size: number;
}

/** A client with a cache. */
export interface CachingCaller {
  readonly name: string;
  readonly tiers: readonly CachingTarget["tier"][];
  /** How a hit differs from those of the other clients. */
  readonly note: string;
  prepare(target: CachingTarget): Promise<Call>;
}

const ttlMs = 600_000;
const addressOf = ({ baseUrl, size }: CachingTarget) => `${baseUrl}/v1/prices?limit=${size}`;
const headers = { authorization: "Bearer sk_test_1" };
const fetched = async (target: CachingTarget) => (await fetch(addressOf(target), { headers })).json();

const fromTarballs = (name: string) =>
  import(pathToFileURL(createRequire(`${tarballHome}/package.json`).resolve(name)).href);

async function redisClient({ redisUrl }: CachingTarget) {
  const { createClient } = await import("redis");
  return createClient({ url: redisUrl }).connect();
}

const bare: CachingCaller = {
  name: "bare get + JSON.parse",
  tiers: ["memory", "redis"],
  note: "lru-cache, or GET by node-redis: no key, no checks",
  async prepare(target) {
    const text = JSON.stringify(await fetched(target));
    if (target.tier === "memory") {
      const { LRUCache } = await import("lru-cache");
      const cache = new LRUCache<string, string>({ max: 100 });
      cache.set("prices", text);
      return async () => JSON.parse(cache.get("prices") as string);
    }
    const client = await redisClient(target);
    await client.set("prices", text);
    return async () => JSON.parse((await client.get("prices")) as string);
  },
};

const connectry = (
  caller: Omit<CachingCaller, "prepare">,
  memory: { readonly frozen?: boolean } = {},
): CachingCaller => ({
  ...caller,
  async prepare(target) {
    const { createStripe } = await fromTarballs("@connectry/stripe");
    const { tieredCache } = await fromTarballs("@connectry/core/cache");
    const { nodeRedis, redisCacheStore } = await fromTarballs("@connectry/core/redis");
    const shared =
      target.tier === "memory"
        ? {}
        : {
            store: redisCacheStore(nodeRedis(await redisClient(target), { timeoutMs: 2_000 })),
            keySecret: "a secret for benches",
          };
    const stripe = createStripe({
      auth: "sk_test_1",
      baseUrl: target.baseUrl,
      cache: tieredCache({ ...shared, memory: target.tier === "redis" ? false : memory }),
    });
    const init = { params: { query: { limit: target.size } }, cache: { ttlMs } };
    return async () => (await stripe.GET("/v1/prices", init)).data;
  },
});

/** Our client by default, and with the option by which callers share the parsed data. */
export const ours = "@connectry/stripe";
export const oursFrozen = `${ours}, memory.frozen`;

const axios: CachingCaller = {
  name: "axios-cache-interceptor",
  tiers: ["memory", "redis", "cold"],
  note: "in memory all callers share one parsed object",
  async prepare(target) {
    const { default: create } = await import("axios");
    const { buildStorage, setupCache } = await import("axios-cache-interceptor");
    const client = target.tier === "memory" ? undefined : await redisClient(target);
    const storage =
      client &&
      buildStorage({
        async find(key) {
          const text = await client.get(`axios:${key}`);
          return text === null ? undefined : JSON.parse(text);
        },
        async set(key, value) {
          await client.set(`axios:${key}`, JSON.stringify(value), { PX: ttlMs });
        },
        async remove(key) {
          await client.del(`axios:${key}`);
        },
      });
    const cached = setupCache(create.create({ headers }), {
      ttl: ttlMs,
      interpretHeader: false,
      ...(storage && { storage }),
    });
    return async () => (await cached.get(addressOf(target))).data;
  },
};

const cacheable: CachingCaller = {
  name: "cacheable + keyv",
  tiers: ["memory", "redis", "cold"],
  note: "a cache of values, not of responses",
  async prepare(target) {
    const { Cacheable } = await import("cacheable");
    const { createKeyv } = await import("@keyv/redis");
    const redis = () => createKeyv(target.redisUrl);
    const cache = new Cacheable({ memory: {}, redis: { primary: redis() }, cold: { secondary: redis() } }[target.tier]);
    return () => cache.getOrSet(`prices ${target.size}`, () => fetched(target), { ttl: ttlMs });
  },
};

const bentocache: CachingCaller = {
  name: "bentocache",
  tiers: ["memory", "redis", "cold"],
  note: "a cache of values, not of responses",
  async prepare(target) {
    const { BentoCache, bentostore } = await import("bentocache");
    const { memoryDriver } = await import("bentocache/drivers/memory");
    const { redisDriver } = await import("bentocache/drivers/redis");
    const redis = () => redisDriver({ connection: { host: "127.0.0.1", port: Number(new URL(target.redisUrl).port) } });
    const memory = () => bentostore().useL1Layer(memoryDriver({ maxSize: "64mb" }));
    const store = {
      memory,
      redis: () => bentostore().useL2Layer(redis()),
      cold: () => memory().useL2Layer(redis()),
    }[target.tier]();
    const cache = new BentoCache({ default: "prices", stores: { prices: store } });
    return () => cache.getOrSet({ key: `prices ${target.size}`, factory: () => fetched(target), ttl: ttlMs });
  },
};

const cacheManager: CachingCaller = {
  name: "cache-manager",
  tiers: ["memory", "redis", "cold"],
  note: "a cache of values, not of responses",
  async prepare(target) {
    const { createCache } = await import("cache-manager");
    const { createKeyv } = await import("@keyv/redis");
    const cache = createCache(target.tier === "memory" ? {} : { stores: [createKeyv(target.redisUrl)] });
    return () => cache.wrap(`prices ${target.size}`, () => fetched(target), ttlMs);
  },
};

const undici: CachingCaller = {
  name: "undici, cache interceptor",
  tiers: ["memory", "cold"],
  note: "by the response's max-age; no Redis",
  async prepare(target) {
    const { Agent, interceptors, request } = await import("undici");
    const dispatcher = new Agent({ connections: 50 }).compose(interceptors.cache());
    return async () => (await request(addressOf(target), { dispatcher })).body.json();
  },
};

/** All clients with a cache, the bare minimum first. */
export const cachingCallers: readonly CachingCaller[] = [
  bare,
  connectry({ name: ours, tiers: ["memory", "redis", "cold"], note: "each caller has an object of its own" }),
  connectry(
    { name: oursFrozen, tiers: ["memory"], note: "all callers share one parsed object, which is frozen" },
    { frozen: true },
  ),
  axios,
  cacheable,
  bentocache,
  cacheManager,
  undici,
];
