import { describe, expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import type { ChannelListener } from "../redis/redis-client.js";
import type { RedisLink } from "../redis/redis-link.js";
import { redisCacheStore } from "./redis-cache-store.js";

/** A link that writes down what it is asked, and answers as told. */
function linkOf(answer: unknown) {
  const commands: (readonly string[])[] = [];
  const runs: { keys: readonly string[]; args: readonly (string | number)[] }[] = [];
  const listeners: [channel: string, listener: ChannelListener][] = [];
  const link: RedisLink = {
    isUp: true,
    async send(command) {
      commands.push(command);
      return answer;
    },
    async run(_, keys, args) {
      runs.push({ keys, args });
      return answer;
    },
    async subscribe(channel, listener) {
      listeners.push([channel, listener]);
      return async () => {};
    },
  };
  return { link, commands, runs, listeners };
}

const publication = { token: "token", marks: ["m"], value: "value", ttlMs: 59.5 };
const dayMs = 86_400_000;

describe("the keys of a value", () => {
  test.each([
    [1, "connectry:{cache-0}"],
    [8, "connectry:{cache-6}"],
  ])("are of one slot, of %d: %s", async (slots, begin) => {
    const { link, commands, runs } = linkOf([1, "value", "m"]);
    const store = redisCacheStore(link, { slots });
    await store.read("key", ["one"]).catch(() => {});
    await store.claim("key", ["one"], "token", 2_000.5);
    await store.publish("key", ["one"], publication);
    const keys = [`${begin}:entry:key`, `${begin}:lock:key`, `${begin}:mark:one`];
    expect(commands).toEqual([["MGET", keys[0], keys[2]]]);
    expect(runs).toEqual([
      { keys, args: ["token", 2_001, expect.any(String), 7 * dayMs] },
      { keys, args: ["token", 60, "value", "m"] },
    ]);
  });

  test("carry the prefix, as the channel does; the marks of all slots are replaced, and then it is told", async () => {
    const { link, commands, runs, listeners } = linkOf(1);
    const store = redisCacheStore(link, { prefix: "mine", slots: 2 });
    await store.invalidate(["one", "two"]);
    expect(runs.map(({ keys }) => keys)).toEqual([
      ["mine:{cache-0}:mark:one", "mine:{cache-0}:mark:two"],
      ["mine:{cache-1}:mark:one", "mine:{cache-1}:mark:two"],
    ]);
    for (const { args } of runs) expect(args).toEqual([expect.stringMatching(/^[\w-]{36}$/), 7 * dayMs]);
    expect(commands).toEqual([["PUBLISH", "mine:cache:invalidated", '["one","two"]']]);
    await store.subscribe?.({ invalidated: () => {}, ready: () => {} });
    expect(listeners.map(([channel]) => channel)).toEqual(["mine:cache:invalidated"]);
  });
});

describe("what Redis answers", () => {
  test("is read", async () => {
    const store = redisCacheStore(linkOf(["value", "m", null]).link);
    expect(await store.read("key", ["one", "two"])).toEqual({ value: "value", marks: ["m", undefined] });
    const claims = redisCacheStore(linkOf([0, "", "m"]).link);
    expect(await claims.claim("key", ["one"], "token", 0)).toEqual({ won: false, value: undefined, marks: ["m"] });
  });

  test.each([null, undefined, 0, "", "OK", {}, { length: 2 }, { length: 3 }, [], ["value"], [1, "value", "m", "m"]])(
    "is an error where it is %j",
    async (answer) => {
      const store = redisCacheStore(linkOf(answer).link);
      const said = "Redis answered something else.";
      expect((await rejection(store.read("key", ["one"]))).message).toBe(said);
      expect((await rejection(store.claim("key", ["one"], "token", 0))).message).toBe(said);
    },
  );

  test.each([
    [1, true],
    [0, false],
    [null, false],
    ["1", false],
  ])("to a publication is whether it was stored: %j", async (answer, expected) => {
    expect(await redisCacheStore(linkOf(answer).link).publish("key", ["one"], publication)).toBe(expected);
  });
});

test("a message that names tags calls those back, and any other everything", async () => {
  const { link, listeners } = linkOf(1);
  const heard: unknown[] = [];
  const store = redisCacheStore(link);
  await store.subscribe?.({ invalidated: (tags) => heard.push(tags), ready: () => heard.push("ready") });
  const [, listener] = listeners[0] as (typeof listeners)[0];
  listener.ready();
  for (const text of ['["one","two"]', "[1]", "{}", "", "null", "one"]) listener.message(text);
  expect(heard).toEqual(["ready", ["one", "two"], ["1"], "ready", "ready", "ready", "ready"]);
  expect("subscribe" in redisCacheStore({ ...link, subscribe: undefined })).toBe(false);
});
