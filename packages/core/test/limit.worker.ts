import { Redis } from "ioredis";
import { createClient } from "redis";
import type { RateLimit } from "../src/connector/profile.js";
import { type Clock, systemClock } from "../src/platform/clock.js";
import { createRateLimiter, type RateLimiter } from "../src/rate-limit/rate-limiter.js";
import {
  ioredis,
  nodeRedis,
  type RedisLink,
  type RedisRateLimits,
  type RedisRateLimitsOptions,
  redisRateLimits,
  type UpstashOptions,
  upstash,
} from "../src/redis/index.js";
import { createAcme } from "./acme.js";
import { createCall, createTenant } from "./call.js";
import { machineMs } from "./windows.js";

/** How a worker reaches Redis. */
export type Reach =
  | { readonly kind: "node-redis" | "ioredis"; readonly url: string }
  | ({ readonly kind: "upstash" } & UpstashOptions);

/** What a worker is to keep. */
export interface LimitPlan extends Omit<RedisRateLimitsOptions, "redis" | "keySecret" | "clock"> {
  readonly reach: Reach;
  readonly limits: readonly RateLimit[];
  /** How wrong this process' clocks are. */
  readonly skewMs?: number;
}

/** What became of a run; times in milliseconds are of a clock that all processes of the machine have in common. */
export interface LimitRun {
  /** The times on Redis' clock for which grants were reserved, in microseconds. */
  readonly grantsUs: readonly number[];
  readonly passedAtMs: readonly number[];
  /** When Redis answered. */
  readonly sharedAtMs: readonly number[];
  readonly longestWaitMs: number;
  readonly failures: readonly string[];
  readonly trips: number;
}

async function linkOf(reach: Reach): Promise<RedisLink> {
  if (reach.kind === "upstash") return upstash(reach);
  if (reach.kind === "ioredis") {
    const client = new Redis(reach.url, { retryStrategy: () => 100 });
    client.on("error", () => {});
    return ioredis(client);
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

let link: RedisLink;
let limiter: RateLimiter;
let source: RedisRateLimits;
let clock: Clock;
let grantsUs: number[] = [];
let sharedAtMs: number[] = [];
let trips = 0;

/** Connects, and makes a limiter. */
export async function start({ reach, limits, skewMs = 0, ...options }: LimitPlan): Promise<void> {
  link = await linkOf(reach);
  clock = skewed(skewMs);
  const redis: RedisLink = {
    ...link,
    async run(script, keys, args) {
      trips += 1;
      const reply = (await link.run(script, keys, args)) as [number, number, number[]] | number;
      sharedAtMs.push(machineMs());
      if (typeof reply === "object") for (const delayUs of reply[2]) grantsUs.push(reply[0] + delayUs);
      return reply;
    },
  };
  source = redisRateLimits({ redis, keySecret: "a secret of these tests", clock, ...options });
  limiter = createRateLimiter(limits, source, { concurrency: 10_000, maxQueued: 10_000 }, clock);
}

const tenant = createTenant("sk_test_shared");

/** So many callers pass one after another, for so long. `abortedShare` of them give up after some milliseconds. */
export async function run(durationMs: number, lanes: number, abortedShare = 0): Promise<LimitRun> {
  grantsUs = [];
  sharedAtMs = [];
  trips = 0;
  const endsAtMs = performance.now() + durationMs;
  const passedAtMs: number[] = [];
  const failures: string[] = [];
  let longestWaitMs = 0;
  const lane = async () => {
    while (performance.now() < endsAtMs) {
      const startedAtMs = performance.now();
      const isAborted = Math.random() < abortedShare;
      const leftMs = Math.max(1, endsAtMs - startedAtMs);
      const ending = isAborted ? { signal: AbortSignal.timeout(Math.ceil(Math.min(leftMs, 30))) } : {};
      try {
        (await limiter.pass(createCall({ tenant, ...ending })))();
        passedAtMs.push(machineMs());
      } catch (error) {
        if (!isAborted) failures.push(String(error));
      }
      longestWaitMs = Math.max(longestWaitMs, performance.now() - startedAtMs);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { grantsUs, passedAtMs, sharedAtMs, longestWaitMs, failures, trips };
}

/** Passes once, and says how long that took. */
export async function passOnce(): Promise<number> {
  const startedAtMs = performance.now();
  (await limiter.pass(createCall({ tenant })))();
  return performance.now() - startedAtMs;
}

/** Calls a provider through a connector, one call after another, for so long: failures are counted, not thrown. */
export async function callAcme(baseUrl: string, limits: readonly RateLimit[], durationMs: number): Promise<number> {
  const acme = createAcme({ baseUrl, rateLimit: { limits, source }, maxAttempts: 1, deadlineMs: 20_000 });
  const endsAtMs = performance.now() + durationMs;
  let failed = 0;
  while (performance.now() < endsAtMs) {
    const { error } = await acme.safe.GET("/things");
    if (error) failed += 1;
  }
  return failed;
}

/** Takes from Redis all that it holds. */
export async function flushAll(): Promise<void> {
  await link.send(["FLUSHALL"]);
}

/** Passes now and then, for so long, and says how long each time took. */
export async function passNowAndThen(durationMs: number, everyMs: number): Promise<number[]> {
  const endsAtMs = performance.now() + durationMs;
  const waits: number[] = [];
  while (performance.now() < endsAtMs) {
    waits.push(await passOnce());
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return waits;
}
