import { setTimeout as sleep } from "node:timers/promises";
import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../test/redis.js";
import { settlesAtOnce } from "../../test/settles-at-once.js";
import type { Clock } from "../platform/clock.js";
import type { RedisClient } from "./redis-client.js";
import { createRedisConnection, type RedisConnection } from "./redis-connection.js";
import { redisScript } from "./redis-script.js";
import { RedisUnavailableError } from "./redis-unavailable-error.js";

const connections = { "node-redis": nodeRedisConnection, ioredis: ioredisConnection, Upstash: upstashConnection };

async function untilUp(connection: RedisConnection): Promise<void> {
  for (let tries = 0; tries < 300 && !connection.isUp; tries += 1) {
    await connection.send(["PING"]).catch(() => {});
    await sleep(10);
  }
  expect(connection.isUp).toBe(true);
}

describe.each(Object.entries(connections))("a connection by %s", (_, connectionOf) => {
  test("sends commands, and returns what Redis replies", async () => {
    const redis = await connectionOf(await startRedis());
    expect(await redis.send(["SET", "greeting", "hällo"])).toBe("OK");
    expect(await redis.send(["GET", "greeting"])).toBe("hällo");
    expect(await redis.send(["GET", "nothing"])).toBeNull();
    expect(await redis.send(["MGET", "greeting", "nothing"])).toEqual(["hällo", null]);
  });

  test("runs a script by its hash, also after SCRIPT FLUSH", async () => {
    const redis = await connectionOf(await startRedis());
    const script = redisScript("return { KEYS[1], ARGV[1], tonumber(ARGV[2]) + 1 }");
    for (let round = 0; round < 3; round += 1) {
      expect(await redis.run(script, ["a key"], ["text", round])).toEqual(["a key", "text", round + 1]);
      await redis.send(["SCRIPT", "FLUSH"]);
    }
    expect(redis.isUp).toBe(true);
  });

  test("rejects with RedisUnavailableError after Redis was killed, and reconnects after its restart", async () => {
    const server = await startRedis();
    const redis = await connectionOf(server);
    await redis.send(["SET", "key", "1"]);
    await server.kill();
    expect(await rejection(redis.send(["GET", "key"]))).toBeInstanceOf(RedisUnavailableError);
    expect(redis.isUp).toBe(false);
    await server.restart();
    await untilUp(redis);
    expect(await redis.send(["GET", "key"])).toBeNull();
  });

  test("R17: on a Redis that accepts and never responds, the first commands wait for their time, and no later one", async () => {
    const server = await startRedis();
    const redis = await connectionOf(server, { timeoutMs: 500 });
    await redis.send(["PING"]);
    server.stop();
    const first = await Promise.all([1, 2, 3].map(() => rejection(redis.send(["GET", "key"]))));
    expect(first.every((error) => error instanceof RedisUnavailableError)).toBe(true);
    for (let count = 0; count < 1_000; count += 1) {
      const later = rejection(redis.send(["GET", "key"]));
      expect(await settlesAtOnce(later)).toBe(true);
      expect(await later).toBeInstanceOf(RedisUnavailableError);
    }
    server.resume();
    await untilUp(redis);
    expect(await redis.send(["PING"])).toBe("PONG");
  });
});

describe.each([
  ["node-redis", nodeRedisConnection],
  ["ioredis", ioredisConnection],
] as const)("a subscription by %s", (_, connectionOf) => {
  test("receives published messages, calls `ready` on each subscription after a lost connection, and can be ended", async () => {
    const server = await startRedis();
    const redis = await connectionOf(server);
    const heard: string[] = [];
    const end = await redis.subscribe?.("news", {
      message: (text) => heard.push(text),
      ready: () => heard.push("ready"),
    });
    expect(heard).toEqual(["ready"]);
    await redis.send(["PUBLISH", "news", "first"]);
    await expect.poll(() => heard).toEqual(["ready", "first"]);
    await server.restart();
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(["ready", "first", "ready"]);
    // The subscription may be ready before the client that sends commands, which has not noticed the outage.
    await expect.poll(() => redis.send(["PING"]).catch(() => "unavailable")).toBe("PONG");
    await redis.send(["PUBLISH", "news", "second"]);
    await expect.poll(() => heard).toEqual(["ready", "first", "ready", "second"]);
    await end?.();
    await redis.send(["PUBLISH", "news", "third"]);
    await sleep(50);
    expect(heard).toHaveLength(4);
  });
});

test("node-redis: a command that was sent while Redis was unavailable is not sent after its restart", async () => {
  const server = await startRedis();
  const redis = await nodeRedisConnection(server);
  await redis.send(["PING"]);
  await server.kill();
  // Long enough for its client to know.
  await sleep(50);
  expect(await rejection(redis.send(["SET", "ghost", "1"]))).toBeInstanceOf(RedisUnavailableError);
  await server.restart();
  await untilUp(redis);
  await sleep(50);
  expect(await redis.send(["GET", "ghost"])).toBeNull();
});

test("Upstash: a wrong token rejects with RedisUnavailableError, and is not in its message", async () => {
  const redis = await upstashConnection(await startRedis(), { token: "wrong-token-0123456789" } as object);
  const error = await rejection(redis.send(["PING"]));
  expect(error).toBeInstanceOf(RedisUnavailableError);
  expect(error.message).toContain("WRONGPASS");
  expect(error.message).not.toContain("wrong-token");
});

test("R17: a command ends in its time although the timer that watched others was lost with a fake clock", async () => {
  const clock = fakeClock();
  let isLost = true;
  const schedule: Clock["schedule"] = (...args) => {
    if (!isLost) return clock.schedule(...args);
    isLost = false;
    return () => {};
  };
  const client: RedisClient = { send: () => new Promise(() => {}), subscribe: undefined };
  const connection = createRedisConnection(client, { timeoutMs: 40, clock: { ...clock, schedule } });
  const first = rejection(connection.send(["GET", "a"]));
  await clock.advance(2_000);
  const second = rejection(connection.send(["GET", "b"]));
  await clock.advance(100);
  for (const error of await Promise.all([first, second])) expect(error).toBeInstanceOf(RedisUnavailableError);
});
