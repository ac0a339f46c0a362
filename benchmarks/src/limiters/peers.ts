import Bottleneck from "bottleneck";
import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { type Limiter, takeInLanes } from "./limiter.ts";

// A limit that is never reached, so that the cost of a request is measured.
const plenty = 1_000_000_000;
const work = async () => {};

/** bottleneck in process: jobs that do nothing. */
export function bottleneckInProcess(): Limiter {
  const limiter = new Bottleneck({ reservoir: plenty });
  return {
    name: "bottleneck",
    how: "schedule() by 50 callers",
    take: (forMs) => takeInLanes(50, forMs, () => limiter.schedule(work)),
  };
}

/** rate-limiter-flexible in process. It does not queue: a call over the limit is rejected. */
export function flexibleInProcess(): Limiter {
  const limiter = new RateLimiterMemory({ points: plenty, duration: 1 });
  return {
    name: "rate-limiter-flexible",
    how: "RateLimiterMemory.consume() of one key, one after another; it rejects and does not queue",
    take: (forMs) => takeInLanes(1, forMs, () => limiter.consume("tenant")),
  };
}

/** bottleneck on Redis: one limiter of its own for each of a few keys, as it has no keys. */
export async function bottleneckOnRedis(port: number): Promise<Limiter> {
  const limiter = new Bottleneck({
    id: "bench",
    datastore: "ioredis",
    Redis,
    clientOptions: { host: "127.0.0.1", port },
    reservoir: plenty,
    clearDatastore: true,
  });
  await limiter.ready();
  return {
    name: "bottleneck",
    how: "datastore ioredis, schedule() by 400 callers of one limiter",
    take: (forMs) => takeInLanes(400, forMs, () => limiter.schedule(work)),
    close: () => limiter.disconnect(),
  };
}

/** rate-limiter-flexible on Redis. */
export function flexibleOnRedis(client: Redis): Limiter {
  const limiter = new RateLimiterRedis({ storeClient: client, points: plenty, duration: 1 });
  return {
    name: "rate-limiter-flexible",
    how: "RateLimiterRedis.consume() by 400 callers of 200 keys; fixed windows, and it does not queue",
    take: (forMs) => takeInLanes(400, forMs, (lane) => limiter.consume(`tenant ${lane % 200}`)),
  };
}
