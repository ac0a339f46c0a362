import { mkdir } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Redis } from "ioredis";
import type { localRateLimits as LocalRateLimits } from "../../../packages/core/src/rate-limit/local-rate-limits.ts";
import type { createRateLimiter as CreateRateLimiter } from "../../../packages/core/src/rate-limit/rate-limiter.ts";
import type * as RedisEntry from "../../../packages/core/src/redis/index.ts";
import { scratch } from "../installed/tarballs.ts";
import { type Limiter, takeInLanes } from "./limiter.ts";

interface Ours {
  readonly createRateLimiter: typeof CreateRateLimiter;
  readonly localRateLimits: typeof LocalRateLimits;
  readonly systemClock: Parameters<typeof LocalRateLimits>[0];
  readonly ioredis: typeof RedisEntry.ioredis;
  readonly redisRateLimits: typeof RedisEntry.redisRateLimits;
}

/** The package does not export the limiter of a connector, so it is bundled from the sources, as the package is. */
async function load(): Promise<Ours> {
  const core = fileURLToPath(new URL("../../../packages/core/src/", import.meta.url));
  const outfile = `${scratch}/limiter/limiter.mjs`;
  await mkdir(`${scratch}/limiter`, { recursive: true });
  const contents = `
    export { createRateLimiter } from "./rate-limit/rate-limiter.js";
    export { localRateLimits } from "./rate-limit/local-rate-limits.js";
    export { systemClock } from "./platform/clock.js";
    export { ioredis, redisRateLimits } from "./redis/index.js";`;
  await build({ stdin: { contents, resolveDir: core }, outfile, bundle: true, format: "esm", packages: "external" });
  return (await import(pathToFileURL(outfile).href)) as Ours;
}

// A limit that is never reached, so that the cost of a request is measured.
const slots = { concurrency: 1_000_000, maxQueued: 1_000_000 };
const limits = [{ bucket: "default", limit: 1_000_000_000, perMs: 1_000 }];

type Call = Parameters<ReturnType<typeof CreateRateLimiter>["acquire"]>[0];

/** A call of one of many tenants, with the fields that the limiter reads. */
// A provider without quotas of its own names.
const unnamed = { limits, slots, profile: {}, strategies: {} };

function callOf(id: string): Call {
  const derive = <T>(from: (secret: string) => T) => from(id);
  const operation = { id: "GET /v1/customers", method: "GET", bucket: "default" };
  return {
    tenant: { id, refreshable: false, credentialRef: { derive } },
    operation,
    deadline: { atMs: Infinity, allowedMs: Infinity },
    signal: new AbortController().signal,
    settings: { fairnessKey: undefined, maxRetryAfterMs: 60_000 },
  } as unknown as Call;
}

/** Our limiter in process: what each attempt does to be admitted. */
export async function oursInProcess(): Promise<Limiter> {
  const { createRateLimiter, localRateLimits, systemClock } = await load();
  const plain = { ...unnamed, clock: systemClock };
  const limiter = createRateLimiter({ ...plain, store: localRateLimits(systemClock) });
  const call = callOf("tenant");
  return {
    name: "connectry",
    how: "the limiter's acquire() of one tenant, one after another",
    async take(forMs) {
      const endsAt = performance.now() + forMs;
      let count = 0;
      while (performance.now() < endsAt) {
        for (let turn = 0; turn < 1_000; turn += 1) {
          const release = limiter.acquire(call);
          (release instanceof Promise ? await release : release)();
          count += 1;
        }
      }
      return count;
    },
  };
}

/** Our limiter in process, whose tenants make a call each, and are paused for a minute where `isPaused`. */
export async function oursForTenants(isPaused: boolean): Promise<(id: string) => void> {
  const { createRateLimiter, localRateLimits, systemClock } = await load();
  const plain = { ...unnamed, limits: [{ bucket: "default", limit: 10, perMs: 1_000 }], clock: systemClock };
  const limiter = createRateLimiter({ ...plain, store: localRateLimits(systemClock) });
  const reply = { headers: new Headers(), verdict: { kind: "throttled", retryAfterMs: 60_000 } } as const;
  return (id) => {
    const call = callOf(id);
    const release = limiter.acquire(call);
    if (release instanceof Promise) throw new Error("the first call of a tenant waits");
    release();
    if (isPaused)
      limiter.report(call, reply as unknown as Parameters<typeof limiter.report>[1], systemClock.monotonic());
  };
}

/** Our limiter on Redis, for `tenantCount` tenants, with or without leases. */
export async function oursOnRedis(client: Redis, tenantCount: number, leaseSize = 1): Promise<Limiter> {
  const { createRateLimiter, ioredis, redisRateLimits, systemClock } = await load();
  const plain = { ...unnamed, clock: systemClock };
  // The most that the limiter can do is measured, so no command may time out on a busy machine.
  const redis = ioredis(client, { timeoutMs: 2_000 });
  const store = redisRateLimits({ redis, keySecret: "bench", leaseSize });
  const limiter = createRateLimiter({ ...plain, store });
  const tenants = Array.from({ length: tenantCount }, (_, index) =>
    callOf(`tenant ${index} of ${tenantCount}, ${leaseSize}`),
  );
  const lanes = 400;
  const who = tenantCount === 1 ? "one tenant" : `${tenantCount} tenants`;
  return {
    name: leaseSize > 1 ? `connectry, leaseSize ${leaseSize}` : `connectry, ${who}`,
    how: `${lanes} callers of ${who}`,
    take: (forMs) =>
      takeInLanes(lanes, forMs, async (lane) => (await limiter.acquire(tenants[lane % tenants.length] as Call))()),
    close: () => store.close(),
  };
}
