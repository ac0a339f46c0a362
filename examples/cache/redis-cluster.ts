// Processes that share responses in a Redis Cluster. Keys are spread over 16 hash slots, and an invalidation by one process
// reaches the memory of all.
import { tieredCache } from "@connectry/core/cache";
import { ioredis, redisCacheStore } from "@connectry/core/redis";
import { createStripe } from "@connectry/stripe";
import { Cluster } from "ioredis";

const cluster = new Cluster(["redis://10.0.0.1:6379", "redis://10.0.0.2:6379"]);

export const cache = tieredCache({
  memory: { maxBytes: 128 << 20 },
  store: redisCacheStore(ioredis(cluster), { prefix: "shop", slots: 16 }),
  keySecret: process.env.CACHE_KEY_SECRET,
});

export const stripe = createStripe({ cache });

/** Prices that are at most a minute old; while Stripe is unavailable, at most an hour. */
export async function prices() {
  const { data, response } = await stripe.GET("/v1/prices", {
    params: { query: { active: true, limit: 100 } },
    cache: { ttlMs: 60_000, staleWhileRevalidateMs: 300_000, staleIfErrorMs: 3_600_000, tags: ["prices"] },
  });
  console.log(`prices: ${response.cache}`);
  return data.data;
}

/** Call it for the webhook `price.updated`, in any process. */
export async function pricesChanged(): Promise<void> {
  await stripe.cache.invalidate({ tags: ["prices"] });
}

/** Call it before the process ends. */
export async function close(): Promise<void> {
  await cache.close();
  cluster.disconnect();
}
