export { tenantFingerprint } from "../auth/tenant-fingerprint.js";
export { type IoredisLike, ioredis } from "./ioredis.js";
export { type NodeRedisLike, nodeRedis } from "./node-redis.js";
export type { ChannelListener, RedisClient } from "./redis-client.js";
export { type RedisInboxOptions, redisInbox } from "./redis-inbox.js";
export { createRedisLink, RedisAwayError, type RedisLink, type RedisLinkOptions } from "./redis-link.js";
export { type RedisRateLimits, type RedisRateLimitsOptions, redisRateLimits } from "./redis-rate-limits.js";
export { type RedisScript, redisScript } from "./redis-script.js";
export { type UpstashOptions, upstash } from "./upstash.js";
