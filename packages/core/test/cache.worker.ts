import { createClient } from "redis";
import { type TieredCache, tieredCache } from "../src/cache/index.js";
import { nodeRedis } from "../src/redis/index.js";
import { createAcme } from "./acme.js";
import { keptWaitingMs } from "./slow-redis.js";

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
  // The provider responses one cold key to thousands at once.
  acme = createAcme({ baseUrl, cache, rateLimit: false, deadlineMs: 30_000 });
}

/** So many callers at once; how many of them got the same response, and which. */
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

/** What a call returns now, and from where. */
export async function get(path: string): Promise<{ readonly version: number; readonly cache: string | undefined }> {
  const { data, response } = await (acme as Acme).GET(path, { cache: { ttlMs: 60_000, tags: ["things"] } });
  return { version: data.version, cache: response.cache };
}

/** A moment as all processes of a machine tell it, and how long this one had been kept from running until then. */
export interface Moment {
  readonly atMs: number;
  readonly keptWaitingMs: number;
}

function moment(): Moment {
  return { atMs: Number(process.hrtime.bigint()) / 1e6, keptWaitingMs: keptWaitingMs() };
}

let moments: Promise<readonly Moment[]> | undefined;

/** Begins to read every millisecond until what is given is no longer a version; resolves once it has read it. */
export async function readUntilNot(version: number, path: string): Promise<void> {
  const began = [moment()];
  const first = await get(path);
  if (first.version !== version) throw new Error(`It reads ${first.version}, and should read ${version}.`);
  const goOn = async () => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      began.push(moment());
      if ((await get(path)).version !== version) return began;
    }
  };
  moments = goOn();
}

/** When the calls of that began, the last of which was given something else. */
export async function readMoments(): Promise<readonly Moment[]> {
  return (await moments) ?? [];
}

/** Invalidates everything with the tag, and says when that began. */
export async function invalidate(): Promise<Moment> {
  const began = moment();
  await (acme as Acme).cache.invalidate({ tags: ["things"] });
  return began;
}
