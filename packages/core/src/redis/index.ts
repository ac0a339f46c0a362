export { tenantFingerprint } from "../auth/tenant-fingerprint.js";
export { type IoredisLike, ioredis } from "../redis-connection/ioredis.js";
export { type NodeRedisClusterLike, type NodeRedisLike, nodeRedis } from "../redis-connection/node-redis.js";
export type { ChannelListener, RedisClient } from "../redis-connection/redis-client.js";
export {
  createRedisConnection,
  type RedisConnection,
  type RedisConnectionOptions,
} from "../redis-connection/redis-connection.js";
export { type RedisScript, redisScript } from "../redis-connection/redis-script.js";
export { RedisUnavailableError } from "../redis-connection/redis-unavailable-error.js";
export { type UpstashOptions, upstash } from "../redis-connection/upstash.js";
export { type RedisCacheStoreOptions, redisCacheStore } from "./redis-cache-store.js";
export { type RedisInboxOptions, redisInbox } from "./redis-inbox.js";
export { type RedisLogOptions, redisLog } from "./redis-log.js";
export { type RedisRateLimits, type RedisRateLimitsOptions, redisRateLimits } from "./redis-rate-limits.js";
export { type RedisTelemetryOptions, redisTelemetry } from "./redis-telemetry.js";
export { type RedisTokensOptions, redisTokens } from "./redis-tokens.js";
