import { fakeClock } from "@connectry/testing";
import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test } from "vitest";
import { rejection } from "../../test/call.js";
import {
  ioredisConnection,
  nodeRedisConnection,
  startRedis,
  upstashConnection,
  upstashFront,
} from "../../test/redis.js";
import { scriptCommands } from "../../test/redis-commands.js";
import { type IoredisLike, ioredis } from "./ioredis.js";
import { keySlot } from "./key-slot.js";
import { createRedisConnection } from "./redis-connection.js";
import { redisScript } from "./redis-script.js";
import { RedisUnavailableError } from "./redis-unavailable-error.js";
import { upstash } from "./upstash.js";

const connections = { "node-redis": nodeRedisConnection, ioredis: ioredisConnection, Upstash: upstashConnection };
const double = redisScript("return { KEYS[1], ARGV[1] * 2 }");
const append = redisScript("return redis.call('APPEND', KEYS[1], ARGV[1])");

describe.each(Object.entries(connections))("by %s", (_, connectionOf) => {
  test("the runs of one script in one tick are one command, and each gets its own reply", async () => {
    const redis = await connectionOf(await startRedis(), { timeoutMs: 20_000 });
    await redis.run(double, ["warm up"], [1]);
    await redis.send(["CONFIG", "RESETSTAT"]);
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    const replies = await Promise.all(numbers.map((number) => redis.run(double, [`key ${number}`], [number])));
    expect(replies).toEqual(numbers.map((number) => [`key ${number}`, number * 2]));
    expect(await scriptCommands(redis)).toBe(1);
  });

  test("a run that fails rejects alone, and the connection remains available", async () => {
    const redis = await connectionOf(await startRedis(), { timeoutMs: 20_000 });
    await redis.send(["LPUSH", "list", "1"]);
    const [failed, text, none] = await Promise.allSettled([
      redis.run(append, ["list"], ["a"]),
      redis.run(append, ["text"], ["abc"]),
      redis.run(redisScript("return false"), [], []),
    ]);
    expect(failed).toMatchObject({ status: "rejected", reason: expect.any(RedisUnavailableError) });
    expect(failed).toMatchObject({ reason: { message: expect.stringContaining("WRONGTYPE") } });
    expect(text).toEqual({ status: "fulfilled", value: 3 });
    expect(none).toEqual({ status: "fulfilled", value: null });
    expect(redis.isUp).toBe(true);
  });

  test("runs and commands of one tick are sent after SCRIPT FLUSH, too, each once", async () => {
    const redis = await connectionOf(await startRedis(), { timeoutMs: 20_000 });
    await redis.run(append, ["count"], ["."]);
    await redis.send(["SCRIPT", "FLUSH"]);
    const all = [
      redis.run(append, ["count"], ["."]),
      redis.send(["APPEND", "other", "."]),
      redis.run(append, ["count"], ["."]),
    ];
    expect(await Promise.all(all)).toEqual([2, 1, 3]);
  });
});

test("node-redis and ioredis: 100 commands of one tick reach Redis in a few packets", async () => {
  for (const connectionOf of [nodeRedisConnection, ioredisConnection]) {
    const server = await startRedis();
    const redis = await connectionOf(server);
    const reads = async () =>
      Number(/total_reads_processed:(\d+)/.exec(String(await redis.send(["INFO", "stats"])))?.[1]);
    await redis.send(["PING"]);
    const before = await reads();
    await Promise.all(Array.from({ length: 100 }, (_, index) => redis.send(["SET", `key ${index}`, "value"])));
    expect(await reads()).toBeLessThanOrEqual(before + 4);
  }
});

test("ioredis: the commands of one tick are one pipeline, and a single command needs none", async () => {
  const { url } = await startRedis();
  const client = new Redis(url);
  onTestFinished(() => client.disconnect());
  const pipelines: number[] = [];
  const counted: IoredisLike = {
    call: (name, ...args) => client.call(name, ...args),
    duplicate: () => client.duplicate(),
    pipeline(commands) {
      pipelines.push(commands.length);
      return client.pipeline(commands);
    },
  };
  const redis = ioredis(counted, { timeoutMs: 20_000 });
  expect(await Promise.all(["a", "b", "c"].map((key) => redis.send(["SET", key, key])))).toEqual(["OK", "OK", "OK"]);
  expect(await redis.send(["GET", "b"])).toBe("b");
  expect(pipelines).toEqual([3]);
});

test("Upstash: the commands of one tick are one request to /pipeline, and a single command is one of its own", async () => {
  const front = await upstashFront(await startRedis());
  const posts: string[] = [];
  const redis = upstash({
    ...front,
    fetch: (url, init) => {
      posts.push(new URL(String(url)).pathname);
      return fetch(url, init);
    },
  });
  const set = (key: string) => redis.send(["SET", key, key]);
  expect(await Promise.all([set("a"), redis.run(double, ["k"], [4]), set("b")])).toEqual(["OK", ["k", 8], "OK"]);
  // The script was not known, and was sent once more by its source.
  expect(posts).toEqual(["/pipeline", "/"]);
  expect(await redis.send(["GET", "a"])).toBe("a");
  await Promise.all([1, 2, 3].map((number) => redis.run(double, [`${number}`], [number])));
  expect(posts.slice(2)).toEqual(["/", "/"]);
});

test("Upstash: a rejected pipeline rejects each of its commands", async () => {
  const redis = upstash({ ...(await upstashFront(await startRedis())), token: "wrong" });
  const errors = await Promise.all([1, 2].map(() => rejection(redis.send(["PING"]))));
  for (const error of errors) expect(error.message).toContain("WRONGPASS");
});

test("in a cluster the runs of one hash slot are one command, also where that was not known", async () => {
  const { url } = await startRedis({ cluster: true });
  const client = new Redis(url);
  onTestFinished(() => client.disconnect());
  const keyCounts: number[] = [];
  const send = ([name = "", ...args]: readonly string[]) => {
    if (name === "EVALSHA") keyCounts.push(Number(args[1]));
    return client.call(name, ...args);
  };
  const redis = createRedisConnection({ send }, { timeoutMs: 5_000 });
  const keys = ["{a}1", "{b}1", "{a}2", "{a}3"];
  const run = () => Promise.all(keys.map((key) => redis.run(append, [key], ["."])));
  expect(await run()).toEqual([1, 1, 1, 1]);
  expect(keyCounts).toEqual([4, 3, 1]);
  expect(await run()).toEqual([2, 2, 2, 2]);
  expect(keyCounts.slice(3)).toEqual([3, 1]);
  expect(redis.isUp).toBe(true);
});

test("what waits to be sent when Redis becomes unavailable is not sent", async () => {
  const sent: string[] = [];
  let waiting: Promise<Error> | undefined;
  const redis = createRedisConnection(
    {
      async send([name = ""]) {
        sent.push(name);
        waiting ??= rejection(redis.send(["SET", "a", "b"]));
        throw new Error("reset");
      },
    },
    { clock: fakeClock() },
  );
  expect(await rejection(redis.send(["GET", "a"]))).toBeInstanceOf(RedisUnavailableError);
  expect(await waiting).toBeInstanceOf(RedisUnavailableError);
  expect(sent).toEqual(["GET"]);
});

test("a key has the hash slot that Redis says", async () => {
  const redis = await ioredisConnection(await startRedis({ cluster: true }));
  // The examples of https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags, and some more.
  const keys = [
    "123456789",
    "{user1000}.following",
    "foo{}{bar}",
    "foo{{bar}}zap",
    "foo{bar}{zap}",
    "}a{",
    "ä {ö}",
    "",
  ];
  const slots = await Promise.all(keys.map((key) => redis.send(["CLUSTER", "KEYSLOT", key])));
  expect(keys.map(keySlot)).toEqual(slots);
});
