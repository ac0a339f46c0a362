import { describe, expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import type { ChannelListener } from "../redis-connection/redis-client.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { redisCacheStore } from "./redis-cache-store.js";

/** A connection that records commands, and replies with `reply`. */
function connectionOf(reply: unknown) {
  const commands: (readonly string[])[] = [];
  const runs: { keys: readonly string[]; args: readonly (string | number)[] }[] = [];
  const listeners: [channel: string, listener: ChannelListener][] = [];
  const connection: RedisConnection = {
    isUp: true,
    withTimeout: () => Promise.reject(new Error("not used")) as never,
    async send(command) {
      commands.push(command);
      return reply;
    },
    async run(_, keys, args) {
      runs.push({ keys, args });
      return reply;
    },
    async subscribe(channel, listener) {
      listeners.push([channel, listener]);
      return async () => {};
    },
  };
  return { connection, commands, runs, listeners };
}

const publication = { token: "token", tagVersions: ["m"], value: "value", ttlMs: 59.5 };
const dayMs = 86_400_000;

describe("the keys of a value", () => {
  test.each([
    [1, "connectry:{cache-0}"],
    [8, "connectry:{cache-6}"],
  ])("are in one slot, of %d: %s", async (slots, begin) => {
    const { connection, commands, runs } = connectionOf([1, "value", "m"]);
    const store = redisCacheStore(connection, { slots });
    await store.read("key", ["one"]).catch(() => {});
    await store.claim("key", ["one"], { token: "token", leaseMs: 2_000.5 });
    await store.publish("key", ["one"], publication);
    const keys = [`${begin}:entry:key`, `${begin}:lock:key`, `${begin}:tag:one`];
    expect(commands).toEqual([["MGET", keys[0], keys[2]]]);
    expect(runs).toEqual([
      { keys, args: ["token", 2_001, expect.any(String), 7 * dayMs] },
      { keys, args: ["token", 60, "value", "m"] },
    ]);
  });

  test("have the prefix, as the channel does; an invalidation replaces the tag versions of all slots, and is then published", async () => {
    const { connection, commands, runs, listeners } = connectionOf(1);
    const store = redisCacheStore(connection, { prefix: "mine", slots: 2 });
    await store.invalidate(["one", "two"]);
    expect(runs.map(({ keys }) => keys)).toEqual([
      ["mine:{cache-0}:tag:one", "mine:{cache-0}:tag:two"],
      ["mine:{cache-1}:tag:one", "mine:{cache-1}:tag:two"],
    ]);
    for (const { args } of runs) expect(args).toEqual([expect.stringMatching(/^[\w-]{36}$/), 7 * dayMs]);
    expect(commands).toEqual([["PUBLISH", "mine:cache:invalidated", '["one","two"]']]);
    await store.subscribe?.({ invalidated: () => {}, ready: () => {} });
    expect(listeners.map(([channel]) => channel)).toEqual(["mine:cache:invalidated"]);
  });
});

describe("a reply of Redis", () => {
  test("is parsed", async () => {
    const store = redisCacheStore(connectionOf(["value", "m", null]).connection);
    expect(await store.read("key", ["one", "two"])).toEqual({ value: "value", tagVersions: ["m", undefined] });
    const claims = redisCacheStore(connectionOf([0, "", "m"]).connection);
    expect(await claims.claim("key", ["one"], { token: "token", leaseMs: 0 })).toEqual({
      won: false,
      value: undefined,
      tagVersions: ["m"],
    });
  });

  test.each([null, undefined, 0, "", "OK", {}, { length: 2 }, { length: 3 }, [], ["value"], [1, "value", "m", "m"]])(
    "of %j is an error",
    async (reply) => {
      const store = redisCacheStore(connectionOf(reply).connection);
      const message = "unexpected reply of Redis";
      expect((await rejection(store.read("key", ["one"]))).message).toBe(message);
      expect((await rejection(store.claim("key", ["one"], { token: "token", leaseMs: 0 }))).message).toBe(message);
    },
  );

  test.each([
    [1, true],
    [0, false],
    [null, false],
    ["1", false],
  ])("of %j to a publication means that it was stored: %j", async (reply, expected) => {
    expect(await redisCacheStore(connectionOf(reply).connection).publish("key", ["one"], publication)).toBe(expected);
  });
});

test("a message that names tags invalidates those, and any other message everything", async () => {
  const { connection, listeners } = connectionOf(1);
  const received: unknown[] = [];
  const store = redisCacheStore(connection);
  await store.subscribe?.({ invalidated: (tags) => received.push(tags), ready: () => received.push("ready") });
  const [, listener] = listeners[0] as (typeof listeners)[0];
  listener.ready();
  for (const text of ['["one","two"]', "[1]", "{}", "", "null", "one"]) listener.message(text);
  expect(received).toEqual(["ready", ["one", "two"], ["1"], "ready", "ready", "ready", "ready"]);
  expect("subscribe" in redisCacheStore({ ...connection, subscribe: undefined })).toBe(false);
});
