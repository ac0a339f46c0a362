import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../test/redis.js";

const connections = { "node-redis": nodeRedisConnection, ioredis: ioredisConnection, Upstash: upstashConnection };

/** How long some work takes, in milliseconds. */
async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

test.each(Object.entries(connections))(
  "R17: on a Redis that accepts and never responds, the first commands by %s take 60 ms more than a timer of 40 ms at most, and later ones 1 ms",
  async (_, connect) => {
    const server = await startRedis();
    const redis = await connect(server, { timeoutMs: 40 });
    // The first command of a connection may take longer, on a machine with other load.
    await expect.poll(() => redis.send(["PING"]).catch(() => "no reply in time")).toBe("PONG");
    server.stop();
    const get = () => rejection(redis.send(["GET", "key"]));
    const [firstMs, controlMs] = await Promise.all([
      durationOf(() => Promise.all([get(), get(), get()])),
      durationOf(() => sleep(40)),
    ]);
    expect(firstMs).toBeLessThanOrEqual(60 + controlMs);
    const laterMs = await durationOf(async () => {
      for (let count = 0; count < 1_000; count += 1) await get();
    });
    expect(laterMs / 1_000).toBeLessThanOrEqual(1);
    server.resume();
  },
);
