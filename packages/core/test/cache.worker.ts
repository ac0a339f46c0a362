import { createClient } from "redis";
import { type TieredCache, tieredCache } from "../src/cache/index.js";
import { nodeRedis } from "../src/redis/index.js";
import { createAcme } from "./acme.js";

type Acme = ReturnType<typeof createAcme>;

let acme: Acme | undefined;
let cache: TieredCache | undefined;

/** Makes a client with a cache on that Redis, if one is given. */
export async function open(baseUrl: string, redisUrl: string | undefined, leaseMs = 2_000): Promise<void> {
  const client =
    redisUrl === undefined ? undefined : createClient({ url: redisUrl, socket: { reconnectStrategy: 100 } });
  client?.on("error", () => {});
  await client?.connect();
  cache = tieredCache({
    ...(client && { redis: nodeRedis(client, { timeoutMs: 1_000 }), keySecret: "a secret for tests alone" }),
    leaseMs,
  });
  // The provider answers one cold key to thousands at once.
  acme = createAcme({ baseUrl, cache, rateLimit: false, deadlineMs: 30_000 });
}

/** So many callers at once; how many of them got the same answer, and which. */
export async function burst(callers: number, path: string): Promise<Record<string, number>> {
  const calls = Array.from({ length: callers }, () =>
    (acme as Acme).GET(path, { cache: { ttlMs: 60_000, tags: ["things"] } }),
  );
  const counts: Record<string, number> = {};
  for (const { data } of await Promise.all(calls)) {
    const text = JSON.stringify(data);
    counts[text] = (counts[text] ?? 0) + 1;
  }
  return counts;
}

/** What a call is answered now, and from where. */
export async function get(path: string): Promise<{ readonly version: number; readonly cache: string | undefined }> {
  const { data, response } = await (acme as Acme).GET(path, { cache: { ttlMs: 60_000, tags: ["things"] } });
  return { version: data.version, cache: response.cache };
}

/**
 * Reads what memory gives until it is no longer a version, and says how long that took while this process was running:
 * a stall of a busy machine counts as 5 ms, however long it is.
 */
export async function msUntilNot(version: number, path: string): Promise<number> {
  let awakeMs = 0;
  let lastAt = performance.now();
  while ((await get(path)).version === version) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    awakeMs += Math.min(performance.now() - lastAt, 5);
    lastAt = performance.now();
  }
  return awakeMs;
}

/** Calls back everything with the tag. */
export async function invalidate(): Promise<void> {
  await (acme as Acme).cache.invalidate({ tags: ["things"] });
}
