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
const defaults: CallCacheOptions = {
  ttlMs: undefined,
  staleWhileRevalidateMs: undefined,
  staleIfErrorMs: undefined,
  negativeTtlMs: 0,
  tags: ["operation"],
};
const ttl = { ttlMs: 60_000 };

interface FetchParts {
  readonly options?: Partial<CallCacheOptions>;
  readonly profile?: Partial<ProviderProfile>;
  readonly known?: CacheEntry;
}

/** Fetches an entry from a provider that sends `reply`. */
function fetchFrom(reply: Reply, { options, profile, known }: FetchParts = {}) {
  const clock = fakeClock();
  const next = classified(async () => reply, profile?.retry, clock);
  const request = { call: createCall(), next, options: { ...defaults, ...options }, known };
  return fetchEntry(request, { profile: { ...acme, ...profile }, clock });
}

interface LifetimeCase {
  readonly name: string;
  readonly options?: Partial<CallCacheOptions>;
  readonly headers?: Record<string, string>;
  readonly status?: number;
  readonly keepMs: number;
}

describe("the time for which a response is stored", () => {
  const etag = { etag: '"1"' };
  test.each<LifetimeCase>([
    { name: "is 0 without options and validators", keepMs: 0 },
    { name: "is a day for a response that can be revalidated", headers: etag, keepMs: dayMs },
    {
      name: "is `ttlMs` where that is longer than a day",
      options: { ttlMs: 3 * dayMs },
      headers: etag,
      keepMs: 3 * dayMs,
    },
    { name: "is 30 days at most", options: { ttlMs: 365 * dayMs }, headers: etag, keepMs: 30 * dayMs },
    { name: "is `ttlMs` without validators", options: ttl, keepMs: 60_000 },
    {
      name: "includes `staleIfErrorMs` where that is the longer stale time",
      options: { ...ttl, staleWhileRevalidateMs: 5, staleIfErrorMs: 7 },
      keepMs: 60_007,
    },
    {
      name: "includes `staleWhileRevalidateMs` where that is the longer stale time",
      options: { ...ttl, staleWhileRevalidateMs: 9, staleIfErrorMs: 7 },
      keepMs: 60_009,
    },
    { name: "is the same for a 203 as for a 200", options: ttl, status: 203, keepMs: 60_000 },
    { name: "is the same for a 204 as for a 200", options: ttl, status: 204, keepMs: 60_000 },
    { name: "is 0 for a 201", options: ttl, headers: etag, status: 201, keepMs: 0 },
    { name: "is 0 for a 206", options: ttl, headers: etag, status: 206, keepMs: 0 },
    { name: "is 0 for a 500", options: ttl, headers: etag, status: 500, keepMs: 0 },
    {
      name: "is 0 for a 404 without `negativeTtlMs`",
      options: { ...ttl, staleIfErrorMs: 60_000 },
      headers: etag,
      status: 404,
      keepMs: 0,
    },
    { name: "is `negativeTtlMs` for a 404", options: { negativeTtlMs: 5 }, headers: etag, status: 404, keepMs: 5 },
    { name: "is `negativeTtlMs` for a 410", options: { negativeTtlMs: 5 }, status: 410, keepMs: 5 },
    { name: "is 0 for a 403 with `negativeTtlMs`", options: { negativeTtlMs: 5 }, status: 403, keepMs: 0 },
  ])("$name", async ({ options = {}, headers = {}, status = 200, keepMs: expected }) => {
    const { entry, keepMs } = await fetchFrom(createReply(status, headers, {}), { options });
    expect(keepMs).toBe(expected);
    expect(entry?.status).toBe(expected > 0 ? status : undefined);
  });

  test.each([
    [{}, false],
    [{ ttlMs: 60_000 }, true],
    [{ ttlMs: 0 }, true],
    [{ staleWhileRevalidateMs: 1 }, true],
    [{ staleIfErrorMs: 1 }, true],
  ])("a response with no-store and the options %j is stored: %j", async (options, expected) => {
    const reply = createReply(200, { "cache-control": "no-store", etag: '"1"' }, {});
    expect((await fetchFrom(reply, { options })).entry !== undefined).toBe(expected);
  });
});

describe("a response is not stored, whatever the options of the call are,", () => {
  const options = { ...ttl, negativeTtlMs: 60_000 };

  test.each(["traceparent", "accept, Baggage"])("if it varies by %j", async (vary) => {
    expect((await fetchFrom(createReply(200, { vary }, {}), { options })).entry).toBeUndefined();
  });

  test("if it is a stream", async () => {
    const body = new ReadableStream<Uint8Array>();
    expect((await fetchFrom({ ...createReply(), body }, { options })).entry).toBeUndefined();
  });

  test.each(["transient", "throttled", "success"] as const)(
    "if it is a 404 that the profile classifies as %s",
    async (verdict) => {
      const profile = { retry: { rules: [{ when: { status: 404 }, verdict }] } } as const;
      expect((await fetchFrom(createReply(404, {}, {}), { options, profile })).entry).toBeUndefined();
    },
  );

  test("if it came from another URL, unless the URL differs by the credential only", async () => {
    const elsewhere = { ...createReply(200, {}, {}), url: "https://api.acme.test/things?key=1" };
    const auths = {
      query: { kind: "query", name: "key", env: "X" },
      "another query": { kind: "query", name: "token", env: "X" },
      header: { kind: "header", name: "key", env: "X" },
    } as const;
    const cached = [];
    for (const [name, auth] of Object.entries(auths)) {
      if ((await fetchFrom(elsewhere, { options, profile: { auth } })).entry) cached.push(name);
    }
    expect(cached).toEqual(["query"]);
  });
});

test("a response without a body is stored without a body", async () => {
  const { entry } = await fetchFrom(createReply(204), { options: ttl });
  expect([entry?.status, entry?.body, entry?.bodyBytes]).toEqual([204, undefined, 0]);
});

test("an entry has the tags of the entry that it replaces, too", async () => {
  const known = createEntry({ tags: ["operation", "older"] });
  const options = { ...ttl, tags: ["operation", "newer"] };
  const { entry } = await fetchFrom(createReply(200, {}, {}), { options, known });
  expect(entry?.tags).toEqual(["operation", "newer", "older"]);
});

test("R30: a 304 keeps the body of the entry, and sets the time of its validation", async () => {
  const known = createEntry({ headers: { etag: '"1"', "x-old": "1" }, body: '{"a":1}', bodyBytes: 7 });
  const { reply, entry } = await fetchFrom(createReply(304, { "x-new": "1" }), { known });
  expect(reply).toMatchObject({ status: 200, cache: "revalidated" });
  expect(entry).toMatchObject({ status: 200, body: '{"a":1}', bodyBytes: 7, validatedAtMs: Date.UTC(2026, 0, 1) });
  expect(entry?.headers.text).toBe('etag: "1"\nx-old: 1\nx-new: 1\n');
});

test("R30: a 304 to a request without validators is returned as a 304, and not stored", async () => {
  const known = createEntry({ status: 404, headers: { etag: '"1"' } });
  for (const requested of [{ options: ttl }, { options: ttl, known }]) {
    const { reply, entry } = await fetchFrom(createReply(304), requested);
    expect([reply.status, reply.cache, entry]).toEqual([304, "miss", undefined]);
  }
});
