import { Redis } from "ioredis";
import { createClient } from "redis";
import { type Clock, systemClock } from "../src/platform/clock.js";
import type { RateLimit } from "../src/provider/profile.js";
import { createRateLimiter, type RateLimiter } from "../src/rate-limit/rate-limiter.js";
import {
  ioredis,
  nodeRedis,
  type RedisConnection,
  type RedisRateLimits,
  type RedisRateLimitsOptions,
  redisRateLimits,
  type UpstashOptions,
  upstash,
} from "../src/redis/index.js";
import { createAcme } from "./acme.js";
import { createCall, createTenant } from "./call.js";
import { machineMs } from "./windows.js";

/** How a worker connects to Redis. */
export type Reach =
  | { readonly kind: "node-redis"; readonly url: string }
  | { readonly kind: "ioredis"; readonly url: string; readonly timeoutMs?: number }
  | ({ readonly kind: "upstash" } & UpstashOptions);

/** The limits of a worker. */
export interface LimitPlan extends Omit<RedisRateLimitsOptions, "redis" | "keySecret" | "clock"> {
  readonly reach: Reach;
  readonly limits: readonly RateLimit[];
  /** The error of this process's clocks. */
  readonly skewMs?: number;
}

/** The result of a run; times in milliseconds are of a clock that all processes of the machine share. */
export interface LimitRun {
  /** The times on the clock of Redis for which permits were reserved, in microseconds. */
  readonly permitsUs: readonly number[];
  readonly admittedAtMs: readonly number[];
  /** When Redis replied. */
  readonly sharedAtMs: readonly number[];
  readonly longestWaitMs: number;
  readonly failures: readonly string[];
  readonly trips: number;
}

async function connectionOf(reach: Reach): Promise<RedisConnection> {
  if (reach.kind === "upstash") return upstash(reach);
  if (reach.kind === "ioredis") {
    const client = new Redis(reach.url, { retryStrategy: () => 100 });
    client.on("error", () => {});
    return ioredis(client, { timeoutMs: reach.timeoutMs });
  }
  const client = createClient({ url: reach.url, socket: { reconnectStrategy: 100 } });
  client.on("error", () => {});
  await client.connect();
  return nodeRedis(client);
}

const skewed = (skewMs: number): Clock => ({
  ...systemClock,
  now: () => systemClock.now() + skewMs,
  monotonic: () => systemClock.monotonic() + Math.abs(skewMs),
});

let connection: RedisConnection;
let limiter: RateLimiter;
let store: RedisRateLimits;
let clock: Clock;
let permitsUs: number[] = [];
let sharedAtMs: number[] = [];
let trips = 0;

/** Connects, and creates a limiter. */
export async function start({ reach, limits, skewMs = 0, ...options }: LimitPlan): Promise<void> {
  connection = await connectionOf(reach);
  clock = skewed(skewMs);
  const redis: RedisConnection = {
    ...connection,
    async run(script, keys, args) {
      const reply = (await connection.run(script, keys, args)) as [number, number, number[]] | number;
      // One that Redis does not reply to in time gives no permit.
      trips += 1;
      sharedAtMs.push(machineMs());
      if (typeof reply === "object") for (const delayUs of reply[2]) permitsUs.push(reply[0] + delayUs);
      return reply;
    },
  };
  store = redisRateLimits({ redis, keySecret: "a secret of these tests", clock, ...options });
  const slots = { concurrency: 10_000, maxQueued: 10_000 };
  limiter = createRateLimiter({ profile: {}, strategies: {}, limits, store, slots, clock });
}

const tenant = createTenant("sk_test_shared");

/** Callers in `lanes` are admitted one after another, for `durationMs`. `abortedShare` of them give up after some milliseconds. */
export async function run(durationMs: number, lanes: number, abortedShare = 0): Promise<LimitRun> {
  permitsUs = [];
  sharedAtMs = [];
  trips = 0;
  const endsAtMs = performance.now() + durationMs;
  const admittedAtMs: number[] = [];
  const failures: string[] = [];
  let longestWaitMs = 0;
  const lane = async () => {
    while (performance.now() < endsAtMs) {
      const startedAtMs = performance.now();
      const isAborted = Math.random() < abortedShare;
      const leftMs = Math.max(1, endsAtMs - startedAtMs);
      const ending = isAborted ? { signal: AbortSignal.timeout(Math.ceil(Math.min(leftMs, 30))) } : {};
      try {
        (await limiter.acquire(createCall({ tenant, ...ending })))();
        admittedAtMs.push(machineMs());
      } catch (error) {
        if (!isAborted) failures.push(String(error));
      }
      longestWaitMs = Math.max(longestWaitMs, performance.now() - startedAtMs);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { permitsUs, admittedAtMs, sharedAtMs, longestWaitMs, failures, trips };
}

/** Admits one call, and returns how long that took. */
export async function admitOnce(): Promise<number> {
  const startedAtMs = performance.now();
  (await limiter.acquire(createCall({ tenant })))();
  return performance.now() - startedAtMs;
}

/** Calls a provider through a connector, one call after another, `count` times: failures are counted, not thrown. */
export async function callAcme(baseUrl: string, limits: readonly RateLimit[], count: number): Promise<number> {
  const acme = createAcme({ baseUrl, rateLimit: { limits, store }, maxAttempts: 1, deadlineMs: 20_000 });
  let failed = 0;
  for (let call = 0; call < count; call += 1) {
    const { error } = await acme.safe.GET("/things");
    if (error) failed += 1;
  }
  return failed;
}

/** Calls a provider `count` times at once through a connector with default options, and returns the names of the errors. */
export async function callAcmeAtOnce(baseUrl: string, count: number): Promise<string[]> {
  const acme = createAcme({ baseUrl, rateLimit: { limits: [], store } });
  const results = await Promise.all(Array.from({ length: count }, () => acme.safe.GET("/things")));
  return results.flatMap(({ error }) => error?.name ?? []);
}

/** Deletes everything in Redis. */
export async function flushAll(): Promise<void> {
  await connection.send(["FLUSHALL"]);
}

/** Admits a call every `everyMs`, for `durationMs`, and returns how long each took. */
export async function admitNowAndThen(durationMs: number, everyMs: number): Promise<number[]> {
  const endsAtMs = performance.now() + durationMs;
  const waits: number[] = [];
  while (performance.now() < endsAtMs) {
    waits.push(await admitOnce());
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return waits;
}
