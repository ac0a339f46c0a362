import { mkdir } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Redis } from "ioredis";
import type { localGrants as LocalGrants } from "../../../packages/core/src/rate-limit/local-grants.ts";
import type { createRateLimiter as CreateRateLimiter } from "../../../packages/core/src/rate-limit/rate-limiter.ts";
import type * as RedisEntry from "../../../packages/core/src/redis/index.ts";
import { scratch } from "../installed/tarballs.ts";
import { type Limiter, takeInLanes } from "./limiter.ts";

interface Ours {
  readonly createRateLimiter: typeof CreateRateLimiter;
  readonly localGrants: typeof LocalGrants;
  readonly systemClock: Parameters<typeof LocalGrants>[0];
  readonly ioredis: typeof RedisEntry.ioredis;
  readonly redisRateLimits: typeof RedisEntry.redisRateLimits;
}

/** The limiter is inside of a connector, and no export of the package: it is bundled from the sources, as the package is. */
async function load(): Promise<Ours> {
  const core = fileURLToPath(new URL("../../../packages/core/src/", import.meta.url));
  const outfile = `${scratch}/limiter/limiter.mjs`;
  await mkdir(`${scratch}/limiter`, { recursive: true });
  const contents = `
    export { createRateLimiter } from "./rate-limit/rate-limiter.js";
    export { localGrants } from "./rate-limit/local-grants.js";
    export { systemClock } from "./platform/clock.js";
    export { ioredis, redisRateLimits } from "./redis/index.js";`;
  await build({ stdin: { contents, resolveDir: core }, outfile, bundle: true, format: "esm", packages: "external" });
  return (await import(pathToFileURL(outfile).href)) as Ours;
}

// More than anyone can take, so that what is measured is the asking.
const slots = { concurrency: 1_000_000, maxQueued: 1_000_000 };
const limits = [{ bucket: "default", limit: 1_000_000_000, perMs: 1_000 }];

type Call = Parameters<ReturnType<typeof CreateRateLimiter>["pass"]>[0];

/** A call of one of many tenants, as far as the limiter looks at it. */
function callOf(id: string): Call {
  const derive = <T>(from: (secret: string) => T) => from(id);
  const operation = { id: "GET /v1/customers", method: "GET", bucket: "default" };
  return {
    tenant: { id, refreshable: false, derive },
    operation,
    deadline: { atMs: Infinity, allowedMs: Infinity },
    signal: new AbortController().signal,
    settings: { fairnessKey: undefined },
  } as unknown as Call;
}

/** Ours in process: the limiter's own step, as each attempt takes it. */
export async function oursInProcess(): Promise<Limiter> {
  const { createRateLimiter, localGrants, systemClock } = await load();
  const limiter = createRateLimiter(limits, localGrants(systemClock), slots, systemClock);
  const call = callOf("tenant");
  return {
    name: "connectry",
    how: "the limiter's pass() of one tenant, one after another",
    async take(forMs) {
      const endsAt = performance.now() + forMs;
      let count = 0;
      while (performance.now() < endsAt) {
        for (let turn = 0; turn < 1_000; turn += 1) {
          const leave = limiter.pass(call);
          (leave instanceof Promise ? await leave : leave)();
          count += 1;
        }
      }
      return count;
    },
  };
}

/** Ours on Redis, for so many tenants, with leases or without. */
export async function oursOnRedis(client: Redis, tenantCount: number, leaseSize = 1): Promise<Limiter> {
  const { createRateLimiter, ioredis, redisRateLimits, systemClock } = await load();
  // The bench is after the most that it can do, not after what a busy machine makes of a deadline.
  const redis = ioredis(client, { timeoutMs: 2_000 });
  const source = redisRateLimits({ redis, keySecret: "bench", leaseSize });
  const limiter = createRateLimiter(limits, source, slots, systemClock);
  const tenants = Array.from({ length: tenantCount }, (_, index) =>
    callOf(`tenant ${index} of ${tenantCount}, ${leaseSize}`),
  );
  const lanes = 400;
  const who = tenantCount === 1 ? "one tenant" : `${tenantCount} tenants`;
  return {
    name: leaseSize > 1 ? `connectry, leaseSize ${leaseSize}` : `connectry, ${who}`,
    how: `${lanes} callers of ${who}`,
    take: (forMs) =>
      takeInLanes(lanes, forMs, async (lane) => (await limiter.pass(tenants[lane % tenants.length] as Call))()),
    close: () => source.close(),
  };
}
