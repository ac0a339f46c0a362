import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme } from "../../test/acme.js";
import { keySecret } from "../../test/cache.js";
import { testStore } from "../../test/cache-store.js";
import { createCall, createReply, createTenant } from "../../test/call.js";
import { counting } from "../../test/counting.js";
import { gate } from "../../test/gate.js";
import { judgeOf } from "../../test/judge.js";
import type { Next } from "../pipeline/policy.js";
import { type TieredCacheOptions, tieredCache } from "./index.js";

type Parts = NonNullable<Parameters<typeof createCall>[0]>;

const tenant = createTenant("tenant-1");
const ttl = { cache: { ttlMs: 60_000 } };

/** A client's two ways to an answer: the short one, and the policy. */
function clientOn(next: Next, options: TieredCacheOptions = {}) {
  const clock = fakeClock();
  const context = { profile: acme, judge: judgeOf(), clock, random: () => 0.5, headers: new Headers(), tenant };
  const { peek, policy } = tieredCache(options).attach(context);
  const callOf = (parts: Parts) => createCall({ tenant, ...parts, settings: { ...ttl, ...parts.settings } });
  return {
    clock,
    peek: (parts: Parts = {}) => peek(callOf(parts)),
    send: (parts: Parts = {}) => policy.send(callOf(parts), next),
  };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("what a caller gets of a fresh answer", () => {
  test.each<[string, string, string | undefined, unknown]>([
    ["JSON", "application/json", '{"a":1}', { a: 1 }],
    ["text that reads as JSON", "text/plain", "1", "1"],
    ["bytes that read as JSON", "image/png", "1", bytesOf("1")],
    ["an empty body", "application/json", "", undefined],
    ["no body", "application/json", undefined, undefined],
  ])("%s: its data", async (_, type, body, data) => {
    const headers = { "content-type": type };
    const reply = { ...createReply(200, headers), body: body === undefined ? undefined : bytesOf(body) };
    const { peek, send } = clientOn(async () => reply);
    await send();
    expect(peek()).toMatchObject({ data, response: { status: 200, cache: "hit" } });
  });

  test.each<[string, number, Uint8Array<ArrayBuffer>]>([
    ["that something is not there", 404, bytesOf("{}")],
    ["broken JSON", 200, bytesOf("{")],
    ["JSON that is no UTF-8", 200, Uint8Array.of(0x22, 0xff, 0x22)],
  ])("%s: nothing, since that is for the client to say", async (_, status, body) => {
    const { peek, send } = clientOn(async () => ({ ...createReply(status), body }));
    const settings = { cache: { ...ttl.cache, negativeTtlMs: 60_000 } };
    await send({ settings });
    expect(peek({ settings })).toBeUndefined();
    expect((await send({ settings })).cache).toBe("hit");
  });
});

test("only a read by GET is given an answer to one", async () => {
  const { peek, send } = clientOn(counting());
  await send();
  expect(peek()).toBeDefined();
  expect(peek({ operation: { method: "HEAD" } })).toBeUndefined();
  expect(peek({ operation: { method: "POST" } })).toBeUndefined();
  expect(peek({ operation: { safety: "idempotent" } })).toBeUndefined();
});

test("a client that asked before it knew its tenant's name asks on once it does", async () => {
  const { peek, send } = clientOn(counting());
  expect(peek()).toBeUndefined();
  await send();
  expect(peek()).toMatchObject({ data: { count: 1 } });
});

describe("in what processes share", () => {
  test("a fresh answer is read for a call that was made before, and for no other", async () => {
    const { peek, send } = clientOn(counting(), { store: testStore(), keySecret, memory: false });
    expect(peek()).toBeUndefined();
    await send();
    expect(await peek()).toMatchObject({ data: { count: 1 }, response: { cache: "hit" } });
    expect(peek({ url: "https://api.acme.test/others" })).toBeUndefined();
    // Who would ask each time, anyway, has nothing to look for.
    expect(peek({ settings: { cache: { tags: [] } } })).toBeUndefined();
  });

  test("an answer that was read is held, and needs no other read", async () => {
    const { subscribe: _, ...store } = testStore();
    const { clock, peek, send } = clientOn(counting(), { store, keySecret });
    await send();
    await clock.advance(1_001);
    const read = peek();
    expect(read).toBeInstanceOf(Promise);
    await read;
    expect(peek()).toMatchObject({ data: { count: 1 } });
  });

  test("an answer that was read takes no newer one's place", async () => {
    const read = gate();
    const fetched = gate();
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
    const { clock, peek, send } = clientOn(next, { store, keySecret });
    await send();
    until = fetched.opened;
    await clock.advance(60);
    const newer = send({ settings: { cache: { ttlMs: 50 } } });
    await clock.advance(1_001);
    isLate = true;
    const older = peek();
    fetched.go();
    await newer;
    read.go();
    expect(await older).toMatchObject({ data: { count: 1 } });
    expect(peek()).toMatchObject({ data: { count: 2 } });
  });
});
