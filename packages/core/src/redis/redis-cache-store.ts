import type { CacheStore } from "../cache/store/cache-store.js";
import { randomUuid } from "../platform/random.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { redisScript } from "../redis-connection/redis-script.js";

/** The form of the cache's keys in Redis. */
export interface RedisCacheStoreOptions {
  /** The beginning of all keys. @default "connectry" */
  readonly prefix?: string | undefined;
  /**
   * Over how many hash slots of a Redis Cluster the keys are spread, the same in all processes. An invalidation costs a command
   * for each. @default 1
   */
  readonly slots?: number | undefined;
}

// A tag under which nothing was fetched for so long loses its version, and what was stored under it.
const tagTtlMs = 7 * 24 * 3_600_000;

const claimScript = redisScript(`
local holder = redis.call("GET", KEYS[2])
local won = ARGV[2] == "0" or not holder or holder == ARGV[1]
if won and ARGV[2] ~= "0" then redis.call("SET", KEYS[2], ARGV[1], "PX", ARGV[2]) end
local reply = { won and 1 or 0, redis.call("GET", KEYS[1]) or "" }
for i = 3, #KEYS do
  local version = redis.call("GET", KEYS[i]) or ARGV[3]
  redis.call("SET", KEYS[i], version, "PX", ARGV[4])
  reply[i] = version
end
return reply`);

const publishScript = redisScript(`
if redis.call("GET", KEYS[2]) == ARGV[1] then redis.call("DEL", KEYS[2]) end
if ARGV[3] == "" then return 0 end
for i = 3, #KEYS do
  if redis.call("GET", KEYS[i]) ~= ARGV[i + 1] then return 0 end
end
redis.call("SET", KEYS[1], ARGV[3], "PX", ARGV[2])
return 1`);

const invalidateScript = redisScript(`
for i = 1, #KEYS do redis.call("SET", KEYS[i], ARGV[1], "PX", ARGV[2]) end
return 1`);

/** The texts of a reply, after `skip` other values. */
function readTexts(reply: unknown, skip: number, count: number): (string | undefined)[] {
  if (!Array.isArray(reply) || reply.length !== skip + count) throw new Error("unexpected reply of Redis");
  return reply.slice(skip).map((text: unknown) => (typeof text === "string" ? text : undefined));
}

/** The store of a cache in Redis: every key expires, and the keys of one entry are in one hash slot. */
export function redisCacheStore(
  redis: RedisConnection,
  { prefix = "connectry", slots = 1 }: RedisCacheStoreOptions = {},
): CacheStore {
  const channel = `${prefix}:cache:invalidated`;
  const slotOf = (key: string) => {
    if (slots === 1) return 0;
    let sum = 0;
    for (let i = 0; i < key.length; i += 1) sum = (sum * 31 + key.charCodeAt(i)) % 65_521;
    return sum % slots;
  };
  const nameOf = (slot: number, kind: string, name: string) => `${prefix}:{cache-${slot}}:${kind}:${name}`;
  const tagKeys = (slot: number, tags: readonly string[]) => tags.map((tag) => nameOf(slot, "tag", tag));
  const keysOf = (key: string, tags: readonly string[]) => {
    const slot = slotOf(key);
    return [nameOf(slot, "entry", key), nameOf(slot, "lock", key), ...tagKeys(slot, tags)];
  };

  return {
    async read(key, tags) {
      const slot = slotOf(key);
      const reply = await redis.send(["MGET", nameOf(slot, "entry", key), ...tagKeys(slot, tags)]);
      const [value, ...tagVersions] = readTexts(reply, 0, 1 + tags.length);
      return { value, tagVersions };
    },
    async claim(key, tags, { token, leaseMs }) {
      const args = [token, Math.ceil(leaseMs), randomUuid(), tagTtlMs];
      const reply = await redis.run(claimScript, keysOf(key, tags), args);
      const [value, ...tagVersions] = readTexts(reply, 1, 1 + tags.length);
      const won = (reply as unknown[])[0] === 1;
      return { won, value: value || undefined, tagVersions: tagVersions as string[] };
    },
    async publish(key, tags, { token, tagVersions, value = "", ttlMs }) {
      const args = [token, Math.ceil(ttlMs), value, ...tagVersions];
      return (await redis.run(publishScript, keysOf(key, tags), args)) === 1;
    },
    async invalidate(tags) {
      const version = randomUuid();
      const all = Array.from({ length: slots }, (_, slot) =>
        redis.run(invalidateScript, tagKeys(slot, tags), [version, tagTtlMs]),
      );
      await Promise.all(all);
      await redis.send(["PUBLISH", channel, JSON.stringify(tags)]);
    },
    ...(redis.subscribe && {
      subscribe: (listener) =>
        redis.subscribe?.(channel, {
          ready: () => listener.ready(),
          message(text) {
            try {
              listener.invalidated((JSON.parse(text) as unknown[]).map(String));
            } catch {
              // An unreadable message may be about anything, so everything is invalidated.
              listener.ready();
            }
          },
        }) as Promise<() => Promise<void>>,
    }),
  };
}
