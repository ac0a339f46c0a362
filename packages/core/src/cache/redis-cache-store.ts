import { randomUuid } from "../platform/random.js";
import type { RedisLink } from "../redis/redis-link.js";
import { redisScript } from "../redis/redis-script.js";
import type { CacheStore } from "./cache-store.js";

/** How the cache's keys look in Redis. */
export interface RedisCacheStoreOptions {
  /** What all keys begin with. @default "connectry" */
  readonly prefix?: string | undefined;
  /**
   * How many hash slots of a Redis Cluster the keys are spread over; all processes alike. An invalidation costs a command
   * for each. @default 1
   */
  readonly slots?: number | undefined;
}

// A tag that nobody fetched under for so long loses its mark, and what was stored under it.
const markTtlMs = 7 * 24 * 3_600_000;

const claimScript = redisScript(`
local held = redis.call("GET", KEYS[2])
local won = ARGV[2] == "0" or not held or held == ARGV[1]
if won and ARGV[2] ~= "0" then redis.call("SET", KEYS[2], ARGV[1], "PX", ARGV[2]) end
local answer = { won and 1 or 0, redis.call("GET", KEYS[1]) or "" }
for i = 3, #KEYS do
  local mark = redis.call("GET", KEYS[i]) or ARGV[3]
  redis.call("SET", KEYS[i], mark, "PX", ARGV[4])
  answer[i] = mark
end
return answer`);

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

function texts(answer: unknown, from: number, count: number): (string | undefined)[] {
  if (!Array.isArray(answer) || answer.length !== from + count) throw new Error("Redis answered something else.");
  return answer.slice(from).map((text: unknown) => (typeof text === "string" ? text : undefined));
}

/** Keeps what processes share in Redis: every key has a lifetime, and what belongs together one hash slot. */
export function redisCacheStore(
  link: RedisLink,
  { prefix = "connectry", slots = 1 }: RedisCacheStoreOptions = {},
): CacheStore {
  const channel = `${prefix}:cache:invalidated`;
  const slotOf = (key: string) => {
    if (slots === 1) return 0;
    let sum = 0;
    for (let i = 0; i < key.length; i += 1) sum = (sum * 31 + key.charCodeAt(i)) % 65_521;
    return sum % slots;
  };
  const named = (slot: number, kind: string, name: string) => `${prefix}:{cache-${slot}}:${kind}:${name}`;
  const marksOf = (slot: number, tags: readonly string[]) => tags.map((tag) => named(slot, "mark", tag));
  const keysOf = (key: string, tags: readonly string[]) => {
    const slot = slotOf(key);
    return [named(slot, "entry", key), named(slot, "lock", key), ...marksOf(slot, tags)];
  };

  return {
    async read(key, tags) {
      const slot = slotOf(key);
      const answer = await link.send(["MGET", named(slot, "entry", key), ...marksOf(slot, tags)]);
      const [value, ...marks] = texts(answer, 0, 1 + tags.length);
      return { value, marks };
    },
    async claim(key, tags, token, leaseMs) {
      const args = [token, Math.ceil(leaseMs), randomUuid(), markTtlMs];
      const answer = await link.run(claimScript, keysOf(key, tags), args);
      const [value, ...marks] = texts(answer, 1, 1 + tags.length);
      return { won: (answer as unknown[])[0] === 1, value: value || undefined, marks: marks as string[] };
    },
    async publish(key, tags, { token, marks, value = "", ttlMs }) {
      return (await link.run(publishScript, keysOf(key, tags), [token, Math.ceil(ttlMs), value, ...marks])) === 1;
    },
    async invalidate(tags) {
      const mark = randomUuid();
      const all = Array.from({ length: slots }, (_, slot) =>
        link.run(invalidateScript, marksOf(slot, tags), [mark, markTtlMs]),
      );
      await Promise.all(all);
      await link.send(["PUBLISH", channel, JSON.stringify(tags)]);
    },
    ...(link.subscribe && {
      subscribe: (listener) =>
        link.subscribe?.(channel, {
          ready: () => listener.ready(),
          message(text) {
            try {
              listener.invalidated((JSON.parse(text) as unknown[]).map(String));
            } catch {
              // Who cannot tell what was invalidated must not keep anything.
              listener.ready();
            }
          },
        }) as Promise<() => Promise<void>>,
    }),
  };
}
