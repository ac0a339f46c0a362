import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme } from "../../../test/acme.js";
import { keySecret } from "../../../test/cache.js";
import { testStore } from "../../../test/cache-store.js";
import { createCall, createReply, createTenant } from "../../../test/call.js";
import { classifyBy } from "../../../test/classify.js";
import { counting } from "../../../test/counting.js";
import { deferred } from "../../../test/deferred.js";
import type { Next } from "../../pipeline/policy.js";
import { type TieredCacheOptions, tieredCache } from "../index.js";

type Parts = NonNullable<Parameters<typeof createCall>[0]>;

const tenant = createTenant("tenant-1");
const ttl = { cache: { ttlMs: 60_000 } };

/** A client's two ways to a response: the short one, and the policy. */
function clientOn(next: Next, options: TieredCacheOptions = {}) {
  const clock = fakeClock();
  const context = { profile: acme, classify: classifyBy(), clock, random: () => 0.5, headers: new Headers(), tenant };
  const { readFresh, policy } = tieredCache(options).attach(context);
  const callOf = (parts: Parts) => createCall({ tenant, ...parts, settings: { ...ttl, ...parts.settings } });
  return {
    clock,
    peek: (parts: Parts = {}) => readFresh(callOf(parts)),
    send: (parts: Parts = {}) => policy.send(callOf(parts), next),
  };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("what a caller gets of a fresh response", () => {
  test.each<[string, string, string | undefined, unknown]>([
    ["JSON", "application/json", '{"a":1}', { a: 1 }],
    ["text that reads as JSON", "text/plain", "1", "1"],
    ["bytes that read as JSON", "image/png", "1", bytesOf("1")],
    ["an empty body", "application/json", "", undefined],
    ["no body", "application/json", undefined, undefined],
  ])("%s: its data", async (_, ...[type, body, data]) => {
    const headers = { "content-type": type };
    const reply = { ...createReply(200, headers), body: body === undefined ? undefined : bytesOf(body) };
    const { peek: readFresh, send } = clientOn(async () => reply);
    await send();
    expect(readFresh()).toMatchObject({ data, response: { status: 200, cache: "hit" } });
  });

  test.each<[string, number, Uint8Array<ArrayBuffer>]>([
    ["that something is not there", 404, bytesOf("{}")],
    ["broken JSON", 200, bytesOf("{")],
    ["JSON that is not UTF-8", 200, Uint8Array.of(0x22, 0xff, 0x22)],
  ])("%s: nothing, since that is for the client to say", async (_, status, body) => {
    const { peek: readFresh, send } = clientOn(async () => ({ ...createReply(status), body }));
    const settings = { cache: { ...ttl.cache, negativeTtlMs: 60_000 } };
    await send({ settings });
    expect(readFresh({ settings })).toBeUndefined();
    expect((await send({ settings })).cache).toBe("hit");
  });
});

test("only a read by GET is given a response to one", async () => {
  const { peek: readFresh, send } = clientOn(counting());
  await send();
  expect(readFresh()).toBeDefined();
  expect(readFresh({ operation: { method: "HEAD" } })).toBeUndefined();
  expect(readFresh({ operation: { method: "POST" } })).toBeUndefined();
  expect(readFresh({ operation: { safety: "idempotent" } })).toBeUndefined();
});

test("a client that asked before it knew its tenant's name asks on once it does", async () => {
  const { peek: readFresh, send } = clientOn(counting());
  expect(readFresh()).toBeUndefined();
  await send();
  expect(readFresh()).toMatchObject({ data: { count: 1 } });
});

describe("in what processes share", () => {
  test("a fresh response is read for a call that was made before, and for no other", async () => {
    const { peek: readFresh, send } = clientOn(counting(), { store: testStore(), keySecret, memory: false });
    expect(readFresh()).toBeUndefined();
    await send();
    expect(await readFresh()).toMatchObject({ data: { count: 1 }, response: { cache: "hit" } });
    expect(readFresh({ url: "https://api.acme.test/others" })).toBeUndefined();
    // Who would ask each time, anyway, has nothing to look for.
    expect(readFresh({ settings: { cache: { tags: [] } } })).toBeUndefined();
  });

  test("a response that was read is held, and needs no other read", async () => {
    const { subscribe: _, ...store } = testStore();
    const { clock, peek: readFresh, send } = clientOn(counting(), { store, keySecret });
    await send();
    await clock.advance(1_001);
    const read = readFresh();
    expect(read).toBeInstanceOf(Promise);
    await read;
    expect(readFresh()).toMatchObject({ data: { count: 1 } });
  });

  test("a response that was read takes no newer one's place", async () => {
    const read = deferred();
    const fetched = deferred();
    let isLate = false;
    const { subscribe: _, ...store } = testStore(async (name) => {
      if (isLate && name === "read comes back") await read.opened;
    });
    const provider = counting();
    let until = Promise.resolve();
    const next: Next = async (call) => {
      await until;
      return provider(call);
    };
    const { clock, peek: readFresh, send } = clientOn(next, { store, keySecret });
    await send();
    until = fetched.opened;
    await clock.advance(60);
    const newer = send({ settings: { cache: { ttlMs: 50 } } });
    await clock.advance(1_001);
    isLate = true;
    const older = readFresh();
    fetched.go();
    await newer;
    read.go();
    expect(await older).toMatchObject({ data: { count: 1 } });
    expect(readFresh()).toMatchObject({ data: { count: 2 } });
  });
});
