import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme } from "../../test/acme.js";
import { createCall, createReply } from "../../test/call.js";
import { createEntry } from "../../test/entry.js";
import { judgeOf } from "../../test/judge.js";
import type { ProviderProfile } from "../connector/profile.js";
import type { Reply } from "../pipeline/reply.js";
import { askProvider } from "./answer.js";
import type { Entry } from "./entry.js";
import type { Wish } from "./wish.js";

const dayMs = 24 * 3_600_000;
const nothing: Wish = {
  ttlMs: undefined,
  staleWhileRevalidateMs: undefined,
  staleIfErrorMs: undefined,
  negativeTtlMs: 0,
  tags: ["operation"],
};
const ttl = { ttlMs: 60_000 };

interface Asked {
  readonly wish?: Partial<Wish>;
  readonly profile?: Partial<ProviderProfile>;
  readonly known?: Entry;
}

/** What is made of a reply. */
function answerTo(reply: Reply, { wish, profile, known }: Asked = {}) {
  const context = { profile: { ...acme, ...profile }, judge: judgeOf(profile?.retry) };
  return askProvider(context, fakeClock(), createCall(), async () => reply, { ...nothing, ...wish }, known);
}

describe("for how long an answer is kept", () => {
  const etag = { etag: '"1"' };
  test.each<[string, Partial<Wish>, Record<string, string>, number, number]>([
    ["not at all without a wish", {}, {}, 200, 0],
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
    ["no 404 without a wish of its own", { ...ttl, staleIfErrorMs: 60_000 }, etag, 404, 0],
    ["a 404 by that", { negativeTtlMs: 5 }, etag, 404, 5],
    ["a 410 by that", { negativeTtlMs: 5 }, {}, 410, 5],
    ["no 403 by that", { negativeTtlMs: 5 }, {}, 403, 0],
  ])("%s", async (_, wish, headers, status, expected) => {
    const { entry, keepMs } = await answerTo(createReply(status, headers, {}), { wish });
    expect(keepMs).toBe(expected);
    expect(entry?.status).toBe(expected > 0 ? status : undefined);
  });

  test.each([
    [{}, false],
    [{ ttlMs: 60_000 }, true],
    [{ ttlMs: 0 }, true],
    [{ staleWhileRevalidateMs: 1 }, true],
    [{ staleIfErrorMs: 1 }, true],
  ])("by an API that sends no-store with everything: with the wish %j it is kept: %j", async (wish, expected) => {
    const reply = createReply(200, { "cache-control": "no-store", etag: '"1"' }, {});
    expect((await answerTo(reply, { wish })).entry !== undefined).toBe(expected);
  });
});

describe("what is not kept, whatever a call wishes", () => {
  const wish = { ...ttl, negativeTtlMs: 60_000 };

  test.each(["traceparent", "accept, Baggage"])("what varies by %j", async (vary) => {
    expect((await answerTo(createReply(200, { vary }, {}), { wish })).entry).toBeUndefined();
  });

  test("a stream", async () => {
    const body = new ReadableStream<Uint8Array>();
    expect((await answerTo({ ...createReply(), body }, { wish })).entry).toBeUndefined();
  });

  test.each(["transient", "throttled", "success"] as const)("a 404 that the profile calls %s", async (verdict) => {
    const profile = { retry: { rules: [{ when: { status: 404 }, verdict }] } } as const;
    expect((await answerTo(createReply(404, {}, {}), { wish, profile })).entry).toBeUndefined();
  });

  test("what came from another address, unless that differs by a credential of ours", async () => {
    const elsewhere = { ...createReply(200, {}, {}), url: "https://api.acme.test/things?key=1" };
    const auths = {
      query: { kind: "query", name: "key", env: "X" },
      "another query": { kind: "query", name: "token", env: "X" },
      header: { kind: "header", name: "key", env: "X" },
    } as const;
    const kept = [];
    for (const [name, auth] of Object.entries(auths)) {
      if ((await answerTo(elsewhere, { wish, profile: { auth } })).entry) kept.push(name);
    }
    expect(kept).toEqual(["query"]);
  });
});

test("an answer without a body is kept as one", async () => {
  const { entry } = await answerTo(createReply(204), { wish: ttl });
  expect([entry?.status, entry?.body, entry?.bodyBytes]).toEqual([204, undefined, 0]);
});

test("an answer can be called back by all that its forerunner could", async () => {
  const known = createEntry({ tags: ["operation", "older"] });
  const wish = { ...ttl, tags: ["operation", "newer"] };
  const { entry } = await answerTo(createReply(200, {}, {}), { wish, known });
  expect(entry?.tags).toEqual(["operation", "newer", "older"]);
});

test("R30: a 304 keeps the body, and is dated when it came", async () => {
  const known = createEntry({ headers: { etag: '"1"', "x-old": "1" }, body: '{"a":1}', bodyBytes: 7 });
  const { reply, entry } = await answerTo(createReply(304, { "x-new": "1" }), { known });
  expect(reply).toMatchObject({ status: 200, cache: "revalidated" });
  expect(entry).toMatchObject({ status: 200, body: '{"a":1}', bodyBytes: 7, validatedAtMs: Date.UTC(2026, 0, 1) });
  expect(entry?.fields.text).toBe('etag: "1"\nx-old: 1\nx-new: 1\n');
});

test("R30: a 304 to who did not ask is what it is, and not kept", async () => {
  const known = createEntry({ status: 404, headers: { etag: '"1"' } });
  for (const asked of [{ wish: ttl }, { wish: ttl, known }]) {
    const { reply, entry } = await answerTo(createReply(304), asked);
    expect([reply.status, reply.cache, entry]).toEqual([304, "miss", undefined]);
  }
});
