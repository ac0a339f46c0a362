import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme, createAcme } from "../../../test/acme.js";
import { keySecret } from "../../../test/cache.js";
import { type TestStore, testStore } from "../../../test/cache-store.js";
import { createCall, createReply, createTenant, rejection } from "../../../test/call.js";
import { classifyBy } from "../../../test/classify.js";
import { deferred } from "../../../test/deferred.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { type Clock, systemClock } from "../../platform/clock.js";
import { tieredCache } from "../index.js";

const ttl = { cache: { ttlMs: 60_000, tags: ["things"] } };

/** A client that keeps responses in a store alone, which writes down what it is asked, and waits for `step` before it responds. */
async function clientOn(step: () => Promise<void> = async () => {}, clock: Clock = systemClock) {
  const requested: string[] = [];
  let isOpen = false;
  const store: TestStore = testStore(async (name) => {
    if (!name.endsWith("goes out")) return;
    requested.push(name.replace(" goes out", ""));
    if (isOpen) await step();
  });
  let version = 1;
  const { fetch, requests } = stubFetch(() => Response.json({ version }));
  const acme = createAcme({ fetch, clock, cache: tieredCache({ memory: false, store, keySecret }) });
  await acme.GET("/things", ttl);
  requested.length = 0;
  isOpen = true;
  return {
    acme,
    requested,
    requests,
    store,
    change: () => {
      version += 1;
    },
  };
}

describe("a fresh response in what processes share", () => {
  test("costs one read, for all who ask at the time", async () => {
    const { acme, requested, requests } = await clientOn();
    const all = await Promise.all(Array.from({ length: 100 }, () => acme.GET("/things", ttl)));
    expect(all.map(({ response }) => response.cache)).toEqual(Array(100).fill("hit"));
    expect(requested).toEqual(["read"]);
    await acme.GET("/things", ttl);
    expect(requested).toEqual(["read", "read"]);
    expect(requests).toHaveLength(1);
  });

  test("where there is none, that was the read: a claim and a publication follow", async () => {
    const { acme, requested, store, requests } = await clientOn();
    store.values.clear();
    expect((await acme.GET("/things", ttl)).response.cache).toBe("miss");
    expect(requested).toEqual(["read", "claim", "publish"]);
    expect(requests).toHaveLength(2);
  });

  test("is given no longer than it is fresh for the call", async () => {
    const clock = fakeClock();
    const { acme, requests } = await clientOn(undefined, clock);
    await clock.advance(10);
    const stricter = { cache: { ...ttl.cache, ttlMs: 5 } };
    expect((await acme.GET("/things", stricter)).response.cache).toBe("miss");
    const smaller = rejection(acme.GET("/things", { ...ttl, maxResponseBytes: 5 }));
    expect(await smaller).toMatchObject({ name: "ResponseTooLargeError" });
    expect(requests).toHaveLength(3);
  });

  test("is not looked for where the call would be asked about each time", async () => {
    const { acme, requested } = await clientOn();
    await acme.GET("/things", { cache: { tags: ["things"] } });
    expect(requested).toEqual(["read", "claim", "publish"]);
  });

  test("that takes its time is waited for under the call's deadline and signal, with one read", async () => {
    const { opened, go } = deferred();
    const clock = fakeClock();
    const { acme, requested } = await clientOn(() => opened, clock);
    const late = rejection(acme.GET("/things", { ...ttl, deadlineMs: 30 }));
    await expect.poll(() => requested).toEqual(["read"]);
    await clock.advance(40);
    expect(await late).toMatchObject({ limit: "deadline" });
    const controller = new AbortController();
    const aborted = rejection(acme.GET("/things", { ...ttl, signal: controller.signal }));
    controller.abort("enough");
    expect(await aborted).toBe("enough");
    const waiting = acme.GET("/things", ttl);
    go();
    expect((await waiting).response.cache).toBe("hit");
    expect(requested).toEqual(["read"]);
  });

  test("R32: one that was invalidated while it was read is not returned to a call that began after that", async () => {
    const { opened, go } = deferred();
    const { acme, requested, change } = await clientOn(() => opened);
    const before = acme.GET("/things", ttl);
    await expect.poll(() => requested).toEqual(["read"]);
    change();
    const invalidated = acme.cache.invalidate({ tags: ["things"] });
    // It does not name the tag that was invalidated, and the entry has it.
    const after = acme.GET("/things", { cache: { ttlMs: 60_000 } });
    go();
    await invalidated;
    expect((await after).data).toEqual({ version: 2 });
    await before;
    expect((await acme.GET("/things", ttl)).data).toEqual({ version: 2 });
  });
});

test("R32: what was read before the store knew of an invalidation is gone from memory once that is done", async () => {
  const gates = [deferred(), deferred()];
  let count = 0;
  const store = testStore(async (name) => {
    // No message announces it.
    if (name === "message") await new Promise(() => {});
    if (name === "invalidate goes out") await gates[count++]?.opened;
  });
  let version = 1;
  const { fetch } = stubFetch(() => Response.json({ version }));
  const clientOf = () => createAcme({ fetch, cache: tieredCache({ store, keySecret }) });
  const [one, other] = [clientOf(), clientOf()];
  const invalidations = [one, one].map((acme) => acme.cache.invalidate({ tags: ["things"] }));
  await expect.poll(() => count).toBe(2);
  // Of two that are under way the store knows the first, under which the other process publishes.
  gates[0]?.go();
  await invalidations[0];
  await other.GET("/things", ttl);
  expect((await one.GET("/things", ttl)).response.cache).toBe("hit");
  version = 2;
  gates[1]?.go();
  await invalidations[1];
  expect((await one.GET("/things", ttl)).data).toEqual({ version: 2 });
});

describe("what is at hand", () => {
  /** A cache that holds a response to a call, and another client's view of it. */
  async function holding(headers: Record<string, string> = {}, secretOf = "one") {
    const clock = fakeClock();
    const cache = tieredCache();
    const [mine, theirs] = [createTenant("one"), createTenant(secretOf)];
    const context = { profile: acme, classify: classifyBy(), clock, random: () => 0.5 };
    const [first, other] = [
      cache.attach({ ...context, headers: {}, tenant: mine, resolveTenant: async () => mine }),
      cache.attach({ ...context, headers, tenant: theirs, resolveTenant: async () => theirs }),
    ];
    const call = createCall({ tenant: mine, settings: { cache: { ttlMs: 1_000 } } });
    await first.policy.send(call, async () => createReply(200, {}, { mine: true }));
    // By its first call a client learns the name of its tenant.
    const theirCall = createCall({ tenant: theirs, url: "https://api.acme.test/others" });
    await other.policy.send(theirCall, async () => createReply(500));
    return { clock, call, first, other };
  }

  test("is given without the policy, and no longer than it is fresh", async () => {
    const { clock, call, first, other } = await holding();
    expect(first.readFresh(call)).toMatchObject({ data: { mine: true }, response: { cache: "hit", status: 200 } });
    expect(other.readFresh(call)).toMatchObject({ data: { mine: true } });
    await clock.advance(1_000);
    expect(first.readFresh(call)).toBeUndefined();
  });

  test("R28: is given to no other tenant, and for no other headers", async () => {
    const { call, other } = await holding({}, "two");
    expect(other.readFresh(call)).toBeUndefined();
    const { call: again, other: versioned } = await holding({ "acme-version": "2" });
    expect(versioned.readFresh(again)).toBeUndefined();
  });

  test("is not given to what sends a body, streams, or takes nothing from a cache", async () => {
    const { call, first } = await holding();
    expect(first.readFresh({ ...call, body: { kind: "replayable", contentType: "json", data: "{}" } })).toBeUndefined();
    for (const settings of [
      { stream: true },
      { cache: false } as const,
      { cache: undefined },
      { maxResponseBytes: 3 },
    ]) {
      expect(first.readFresh({ ...call, settings: { ...call.settings, ...settings } })).toBeUndefined();
    }
  });

  test("is left to the policy where chance may refresh it", async () => {
    const clock = fakeClock();
    const tenant = createTenant("one");
    const { readFresh, policy } = tieredCache().attach({
      profile: acme,
      clock,
      random: () => 0.5,
      headers: {},
      tenant,
      resolveTenant: async () => tenant,
    });
    const call = createCall({ tenant, settings: { cache: { ttlMs: 1_000 } } });
    const slow = policy.send(call, async () => {
      await clock.sleep(10);
      return createReply(200, {}, {});
    });
    await expect.poll(() => clock.pendingTimers).toBe(1);
    await clock.advance(10);
    await slow;
    expect(readFresh(call)).toBeDefined();
    // 20 times what it took to fetch are left.
    await clock.advance(801);
    expect(readFresh(call)).toBeUndefined();
  });
});
