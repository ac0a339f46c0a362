import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme } from "../../../test/acme.js";
import { keySecret } from "../../../test/cache.js";
import { testStore } from "../../../test/cache-store.js";
import { createCall, createReply, createTenant } from "../../../test/call.js";
import { counting } from "../../../test/counting.js";
import { deferred } from "../../../test/deferred.js";
import type { Next } from "../../pipeline/policy.js";
import { type TieredCacheOptions, tieredCache } from "../index.js";

type Parts = NonNullable<Parameters<typeof createCall>[0]>;

const tenant = createTenant("tenant-1");
const ttl = { cache: { ttlMs: 60_000 } };

/** The two ways in which a client reads an entry: `readFresh`, and the policy. */
function clientOn(next: Next, options: TieredCacheOptions = {}) {
  const clock = fakeClock();
  const context = {
    profile: acme,
    clock,
    random: () => 0.5,
    headers: {},
    tenant,
    resolveTenant: async () => tenant,
  };
  const { readFresh, policy } = tieredCache(options).attach(context);
  const callOf = (parts: Parts) => createCall({ tenant, ...parts, settings: { ...ttl, ...parts.settings } });
  return {
    clock,
    readFresh: (parts: Parts = {}) => readFresh(callOf(parts)),
    send: (parts: Parts = {}) => policy.send(callOf(parts), next),
  };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

interface DataCase {
  readonly name: string;
  readonly type?: string;
  readonly body: string | undefined;
  readonly data: unknown;
}

describe("a fresh entry", () => {
  test.each<DataCase>([
    { name: "JSON", body: '{"a":1}', data: { a: 1 } },
    { name: "text that is valid JSON", type: "text/plain", body: "1", data: "1" },
    { name: "bytes that are valid JSON", type: "image/png", body: "1", data: bytesOf("1") },
    { name: "an empty body", body: "", data: undefined },
    { name: "no body", body: undefined, data: undefined },
  ])("of $name is returned as data", async ({ type = "application/json", body, data }) => {
    const headers = { "content-type": type };
    const reply = { ...createReply(200, headers), body: body === undefined ? undefined : bytesOf(body) };
    const { readFresh, send } = clientOn(async () => reply);
    const parts = { operation: { response: "any" } } as const;
    await send(parts);
    expect(readFresh(parts)).toMatchObject({ data, response: { status: 200, cache: "hit" } });
  });

  test.each<[string, number, Uint8Array<ArrayBuffer>]>([
    ["a 404", 404, bytesOf("{}")],
    ["JSON that is not valid UTF-8", 200, Uint8Array.of(0x22, 0xff, 0x22)],
  ])("of %s is not returned, because the client reports the error", async (_, status, body) => {
    const { readFresh, send } = clientOn(async () => ({ ...createReply(status), body }));
    const settings = { cache: { ...ttl.cache, negativeTtlMs: 60_000 } };
    await send({ settings });
    expect(readFresh({ settings })).toBeUndefined();
    expect((await send({ settings })).cache).toBe("hit");
  });
});

test("readFresh returns the response to a GET to safe GET calls only", async () => {
  const { readFresh, send } = clientOn(counting());
  await send();
  expect(readFresh()).toBeDefined();
  expect(readFresh({ operation: { method: "HEAD" } })).toBeUndefined();
  expect(readFresh({ operation: { method: "POST" } })).toBeUndefined();
  expect(readFresh({ operation: { safety: "idempotent" } })).toBeUndefined();
});

test("readFresh finds entries once the tenant of the client is resolved, even after an earlier miss", async () => {
  const { readFresh, send } = clientOn(counting());
  expect(readFresh()).toBeUndefined();
  await send();
  expect(readFresh()).toMatchObject({ data: { count: 1 } });
});

describe("in the shared store", () => {
  test("readFresh reads a fresh entry for a URL that was called before, and for no other URL", async () => {
    const { readFresh, send } = clientOn(counting(), { store: testStore(), keySecret, memory: false });
    expect(readFresh()).toBeUndefined();
    await send();
    expect(await readFresh()).toMatchObject({ data: { count: 1 }, response: { cache: "hit" } });
    expect(readFresh({ url: "https://api.acme.test/others" })).toBeUndefined();
    // A call that always revalidates has nothing to read.
    expect(readFresh({ settings: { cache: { tags: [] } } })).toBeUndefined();
  });

  test("an entry that was read is held in memory, and not read again", async () => {
    const { subscribe: _, ...store } = testStore();
    const { clock, readFresh, send } = clientOn(counting(), { store, keySecret });
    await send();
    await clock.advance(1_001);
    const read = readFresh();
    expect(read).toBeInstanceOf(Promise);
    await read;
    expect(readFresh()).toMatchObject({ data: { count: 1 } });
  });

  test("an entry that was read does not replace a newer one in memory", async () => {
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
    const { clock, readFresh, send } = clientOn(next, { store, keySecret });
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
