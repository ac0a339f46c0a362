import { createClient } from "redis";
import { type TieredCache, tieredCache } from "../src/cache/index.js";
import { nodeRedis, redisCacheStore } from "../src/redis/index.js";
import { createAcme } from "./acme.js";
import { keySecret } from "./cache.js";
import { keptWaitingMs } from "./kept-waiting.js";

type Acme = ReturnType<typeof createAcme>;

let acme: Acme | undefined;
let cache: TieredCache | undefined;

/** Creates a client with a cache, on Redis if `redisUrl` is given. */
export async function open(baseUrl: string, redisUrl: string | undefined, leaseMs = 2_000): Promise<void> {
  const client =
    redisUrl === undefined ? undefined : createClient({ url: redisUrl, socket: { reconnectStrategy: 100 } });
  client?.on("error", () => {});
  await client?.connect();
  cache = tieredCache({
    ...(client && { store: redisCacheStore(nodeRedis(client, { timeoutMs: 1_000 })), keySecret }),
    leaseMs,
  });
  // Thousands of calls need the same missing key at once.
  acme = createAcme({ baseUrl, cache, rateLimit: false, deadlineMs: 30_000 });
}

/** Makes `callers` calls at once, and returns how many of them got each response. */
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

/** Makes a call, and returns the version of its response and its cache outcome. */
export async function get(path: string): Promise<{ readonly version: number; readonly cache: string | undefined }> {
  const { data, response } = await (acme as Acme).GET(path, { cache: { ttlMs: 60_000, tags: ["things"] } });
  return { version: data.version, cache: response.cache };
}

/** A time on the clock that all processes of a machine share, and how long this process had waited for a processor until then. */
export interface Moment {
  readonly atMs: number;
  readonly keptWaitingMs: number;
}

function moment(): Moment {
  return { atMs: Number(process.hrtime.bigint()) / 1e6, keptWaitingMs: keptWaitingMs() };
}

let moments: Promise<readonly Moment[]> | undefined;

/** Reads every millisecond until the response has another version than `version`; resolves after the first read. */
export async function readUntilNot(version: number, path: string): Promise<void> {
  const began = [moment()];
  const first = await get(path);
  if (first.version !== version) throw new Error(`expected version ${version}, got ${first.version}`);
  const goOn = async () => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      began.push(moment());
      if ((await get(path)).version !== version) return began;
    }
  };
  moments = goOn();
}

/** The start times of those reads, of which the last returned another version. */
export async function readMoments(): Promise<readonly Moment[]> {
  return (await moments) ?? [];
}

/** Invalidates everything with the tag, and returns when that began. */
export async function invalidate(): Promise<Moment> {
  const began = moment();
  await (acme as Acme).cache.invalidate({ tags: ["things"] });
  return began;
}
