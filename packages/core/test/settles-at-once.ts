import type { RedisConnection } from "../src/redis/index.js";

/** Whether a promise settles by itself, before any timer or socket could make it settle. */
export async function settlesAtOnce(work: Promise<unknown>): Promise<boolean> {
  let hasSettled = false;
  const note = () => {
    hasSettled = true;
  };
  work.then(note, note);
  await new Promise((resolve) => setImmediate(resolve));
  return hasSettled;
}

/** A connection that counts the commands which waited for something. */
export function countWaits(redis: RedisConnection) {
  let waits = 0;
  const watch = <T>(work: Promise<T>) => {
    void settlesAtOnce(work).then((atOnce) => {
      if (!atOnce) waits += 1;
    });
    return work;
  };
  const watched: RedisConnection = {
    get isUp() {
      return redis.isUp;
    },
    withTimeout: redis.withTimeout,
    subscribe: redis.subscribe,
    send: (command) => watch(redis.send(command)),
    run: (script, keys, args) => watch(redis.run(script, keys, args)),
  };
  return { redis: watched, waits: () => waits };
}
