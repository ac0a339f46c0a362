import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme } from "../../test/acme.js";
import { createCall, createReply } from "../../test/call.js";
import { classified } from "../../test/classify.js";
import { createEntry } from "../../test/entry.js";
import type { Reply } from "../pipeline/reply.js";
import type { ProviderProfile } from "../provider/profile.js";
import type { CacheEntry } from "./entry/entry.js";
import { fetchEntry } from "./fetch-entry.js";
import type { CallCacheOptions } from "./request/call-cache-options.js";

const dayMs = 24 * 3_600_000;
const nothing: CallCacheOptions = {
  ttlMs: undefined,
  staleWhileRevalidateMs: undefined,
  staleIfErrorMs: undefined,
  negativeTtlMs: 0,
  tags: ["operation"],
};
const ttl = { ttlMs: 60_000 };

interface Asked {
  readonly cache?: Partial<CallCacheOptions>;
  readonly profile?: Partial<ProviderProfile>;
  readonly known?: CacheEntry;
}

/** What is made of a reply. */
function fetchOne(reply: Reply, { cache: options, profile, known }: Asked = {}) {
  const clock = fakeClock();
  const next = classified(async () => reply, profile?.retry, clock);
  const request = { call: createCall(), next, options: { ...nothing, ...options }, known };
  return fetchEntry(request, { profile: { ...acme, ...profile }, clock });
}

describe("for how long a response is kept", () => {
  const etag = { etag: '"1"' };
  test.each<[string, Partial<CallCacheOptions>, Record<string, string>, number, number]>([
    ["not at all without cache options", {}, {}, 200, 0],
    ["a day, where it can be asked about", {}, etag, 200, dayMs],
    ["longer, where a call takes it for longer", { ttlMs: 3 * dayMs }, etag, 200, 3 * dayMs],
    ["30 days at most", { ttlMs: 365 * dayMs }, etag, 200, 30 * dayMs],
    ["as long as it is fresh", ttl, {}, 200, 60_000],
    [
      "and stale, for whichever reason is longer",
      { ...ttl, staleWhileRevalidateMs: 5, staleIfErrorMs: 7 },
      {},
      200,
      60_007,
    ],
    ["and stale, whichever that is", { ...ttl, staleWhileRevalidateMs: 9, staleIfErrorMs: 7 }, {}, 200, 60_009],
    ["a 203 like a 200", ttl, {}, 203, 60_000],
    ["a 204 like a 200", ttl, {}, 204, 60_000],
    ["no 201", ttl, etag, 201, 0],
    ["no 206", ttl, etag, 206, 0],
    ["no 500", ttl, etag, 500, 0],
    ["no 404 without options of its own", { ...ttl, staleIfErrorMs: 60_000 }, etag, 404, 0],
    ["a 404 by that", { negativeTtlMs: 5 }, etag, 404, 5],
    ["a 410 by that", { negativeTtlMs: 5 }, {}, 410, 5],
    ["no 403 by that", { negativeTtlMs: 5 }, {}, 403, 0],
  ])("%s", async (_, ...[options, headers, status, expected]) => {
    const { entry, keepMs } = await fetchOne(createReply(status, headers, {}), { cache: options });
    expect(keepMs).toBe(expected);
    expect(entry?.status).toBe(expected > 0 ? status : undefined);
  });

  test.each([
    [{}, false],
    [{ ttlMs: 60_000 }, true],
    [{ ttlMs: 0 }, true],
    [{ staleWhileRevalidateMs: 1 }, true],
    [{ staleIfErrorMs: 1 }, true],
  ])("by an API that sends no-store with everything: with the options %j it is kept: %j", async (options, expected) => {
    const reply = createReply(200, { "cache-control": "no-store", etag: '"1"' }, {});
    expect((await fetchOne(reply, { cache: options })).entry !== undefined).toBe(expected);
  });
});

describe("what is not kept, whatever a call requests", () => {
  const options = { ...ttl, negativeTtlMs: 60_000 };

  test.each(["traceparent", "accept, Baggage"])("what varies by %j", async (vary) => {
    expect((await fetchOne(createReply(200, { vary }, {}), { cache: options })).entry).toBeUndefined();
  });

  test("a stream", async () => {
    const body = new ReadableStream<Uint8Array>();
    expect((await fetchOne({ ...createReply(), body }, { cache: options })).entry).toBeUndefined();
  });

  test.each(["transient", "throttled", "success"] as const)("a 404 that the profile calls %s", async (verdict) => {
    const profile = { retry: { rules: [{ when: { status: 404 }, verdict }] } } as const;
    expect((await fetchOne(createReply(404, {}, {}), { cache: options, profile })).entry).toBeUndefined();
  });

  test("what came from another address, unless that differs by a credential of ours", async () => {
    const elsewhere = { ...createReply(200, {}, {}), url: "https://api.acme.test/things?key=1" };
    const auths = {
      query: { kind: "query", name: "key", env: "X" },
      "another query": { kind: "query", name: "token", env: "X" },
      header: { kind: "header", name: "key", env: "X" },
    } as const;
    const cached = [];
    for (const [name, auth] of Object.entries(auths)) {
      if ((await fetchOne(elsewhere, { cache: options, profile: { auth } })).entry) cached.push(name);
    }
    expect(cached).toEqual(["query"]);
  });
});

test("a response without a body is kept as one", async () => {
  const { entry } = await fetchOne(createReply(204), { cache: ttl });
  expect([entry?.status, entry?.body, entry?.bodyBytes]).toEqual([204, undefined, 0]);
});

test("a response can be invalidated by all that its forerunner could", async () => {
  const known = createEntry({ tags: ["operation", "older"] });
  const options = { ...ttl, tags: ["operation", "newer"] };
  const { entry } = await fetchOne(createReply(200, {}, {}), { cache: options, known });
  expect(entry?.tags).toEqual(["operation", "newer", "older"]);
});

test("R30: a 304 keeps the body, and is dated when it came", async () => {
  const known = createEntry({ headers: { etag: '"1"', "x-old": "1" }, body: '{"a":1}', bodyBytes: 7 });
  const { reply, entry } = await fetchOne(createReply(304, { "x-new": "1" }), { known });
  expect(reply).toMatchObject({ status: 200, cache: "revalidated" });
  expect(entry).toMatchObject({ status: 200, body: '{"a":1}', bodyBytes: 7, validatedAtMs: Date.UTC(2026, 0, 1) });
  expect(entry?.headers.text).toBe('etag: "1"\nx-old: 1\nx-new: 1\n');
});

test("R30: a 304 to who did not ask is what it is, and not kept", async () => {
  const known = createEntry({ status: 404, headers: { etag: '"1"' } });
  for (const requested of [{ cache: ttl }, { cache: ttl, known }]) {
    const { reply, entry } = await fetchOne(createReply(304), requested);
    expect([reply.status, reply.cache, entry]).toEqual([304, "miss", undefined]);
  }
});
