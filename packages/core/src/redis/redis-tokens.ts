import { ConfigurationError } from "../errors/connectry-error.js";
import type { TokenStore } from "../oauth/store/token-store.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { base64url, hmacSha256 } from "../platform/hmac.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { redisScript } from "../redis-connection/redis-script.js";

/** Options of tokens in Redis. */
export interface RedisTokensOptions {
  /** The keys in Redis contain accounts as an HMAC under this secret: at least 16 characters, the same in all processes. */
  readonly keySecret: string;
  /** The beginning of all keys. @default "connectry:tokens" */
  readonly prefix?: string | undefined;
  /** How long one command may take, in milliseconds, whatever the connection allows. @default 1_000 */
  readonly timeoutMs?: number | undefined;
}

const minSecretLength = 16;

// The time is that of Redis, in milliseconds.
const nowMs = `local t = redis.call("TIME")
local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

const getScript = redisScript(`${nowMs}
local entry = redis.call("HMGET", KEYS[1], "version", "value", "at")
if not entry[1] then return false end
return { entry[1], entry[2], math.max(0, now - tonumber(entry[3])) }`);

const putScript = redisScript(`${nowMs}
local stored = redis.call("HGET", KEYS[1], "version")
if stored == ARGV[1] then return 1 end
if (stored or "") ~= ARGV[3] then return 0 end
redis.call("HSET", KEYS[1], "version", ARGV[1], "value", ARGV[2], "at", string.format("%.0f", now))
return 1`);

const removeScript = redisScript(`
local stored = redis.call("HGET", KEYS[1], "version")
if stored == ARGV[1] then redis.call("DEL", KEYS[1]) end
return (not stored or stored == ARGV[1]) and 1 or 0`);

const claimScript = redisScript(`
local holder = redis.call("GET", KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return 1`);

const renewScript = redisScript(`
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("PEXPIRE", KEYS[1], ARGV[2])`);

const releaseScript = redisScript(`
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("DEL", KEYS[1])`);

/**
 * Tokens in Redis, for several processes. They do not expire there, and are as durable as that Redis: it needs persistence and the
 * policy `noeviction`. They are readable for all who can read Redis, unless the accounts have a `seal`. Each method rejects with
 * RedisUnavailableError while Redis is unavailable. Throws ConfigurationError for a `keySecret` of less than 16 characters.
 */
export function redisTokens(connection: RedisConnection, options: RedisTokensOptions): TokenStore {
  const { keySecret, prefix = "connectry:tokens", timeoutMs = 1_000 } = options;
  if (typeof keySecret !== "string" || keySecret.length < minSecretLength) {
    throw new ConfigurationError(`redisTokens: keySecret must have at least ${minSecretLength} characters.`);
  }
  const redis = connection.withTimeout(timeoutMs);
  const hmac = hmacSha256(keySecret);
  const names = boundedMemo((account) => hmac(account).then((bytes) => base64url(bytes.subarray(0, 24))));
  const keyOf = async (account: string) => `${prefix}:{${await names.get(account)}}`;
  const leaseOf = async (account: string) => `${await keyOf(account)}:lease`;
  const isDone = async (reply: Promise<unknown>) => Number(await reply) === 1;
  return {
    async get(account) {
      const reply = (await redis.run(getScript, [await keyOf(account)], [])) as [string, string, number] | null;
      return reply ? { version: reply[0], value: reply[1], ageMs: Number(reply[2]) } : undefined;
    },
    put: async (account, next, version = "") =>
      isDone(redis.run(putScript, [await keyOf(account)], [next.version, next.value, version])),
    remove: async (account, version) => isDone(redis.run(removeScript, [await keyOf(account)], [version])),
    claim: async (account, holder, leaseMs) =>
      isDone(redis.run(claimScript, [await leaseOf(account)], [holder, Math.ceil(leaseMs)])),
    renew: async (account, holder, leaseMs) =>
      isDone(redis.run(renewScript, [await leaseOf(account)], [holder, Math.ceil(leaseMs)])),
    release: async (account, holder) => void (await redis.run(releaseScript, [await leaseOf(account)], [holder])),
  };
}
