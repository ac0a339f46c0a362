import type { RedisConnection } from "../src/redis/index.js";
import { type RedisScript, redisScript } from "../src/redis-connection/redis-script.js";

const timeKey = "test:time";
const scripts = new WeakMap<RedisScript, RedisScript>();

/** A script that reads a key of the test where it would ask Redis for the time. */
function timedScript(script: RedisScript): RedisScript {
  const { source, prelude, maxRuns } = script;
  const withTime = (text: string) =>
    text.replaceAll("redis.call('TIME')", `redis.call('MGET', '${timeKey}:s', '${timeKey}:us')`);
  const timed = scripts.get(script) ?? redisScript(withTime(source), { prelude: withTime(prelude), maxRuns });
  if (timed.source === source && timed.prelude === prelude) throw new Error("The script does not ask for the time.");
  scripts.set(script, timed);
  return timed;
}

/** A connection to a Redis whose clock is one of the test. Keys expire by the real one, so that what is to expire lasts for hours. */
export function withRedisTime(connection: RedisConnection, nowMs: () => number): RedisConnection {
  return {
    ...connection,
    get isUp() {
      return connection.isUp;
    },
    async run(script, keys, args) {
      const nowUs = Math.floor(nowMs() * 1_000);
      const seconds = Math.floor(nowUs / 1_000_000);
      await connection.send([
        "MSET",
        `${timeKey}:s`,
        String(seconds),
        `${timeKey}:us`,
        String(nowUs - seconds * 1_000_000),
      ]);
      return await connection.run(timedScript(script), keys, args);
    },
  };
}
