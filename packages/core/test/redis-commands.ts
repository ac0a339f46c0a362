import type { RedisConnection } from "../src/redis/index.js";

/** How often Redis ran a script since the statistics were reset by CONFIG RESETSTAT, each command counted once. */
export async function scriptCommands(redis: RedisConnection): Promise<number> {
  const stats = String(await redis.send(["INFO", "commandstats"]));
  const calls = [...stats.matchAll(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm)].map(([, count]) => Number(count));
  return calls.reduce((sum, count) => sum + count, 0);
}
