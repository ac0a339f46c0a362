import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { createCall, createTenant } from "../../test/call.js";
import { deferred } from "../../test/deferred.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { RateLimit } from "../provider/profile.js";
import { localRateLimits } from "./local-rate-limits.js";
import { createPool, type Pool } from "./pool.js";
import type { RateLimitStore } from "./rate-limit-store.js";
import { createRateLimiter } from "./rate-limiter.js";

interface Client {
  readonly pool: Pool;
  readonly limits?: readonly RateLimit[];
  readonly store?: RateLimitStore;
  readonly concurrency?: number;
}

/** A client's limiter. `enter` notes who passed, with a function that leaves again. */
function clientOf({ pool, limits = [], concurrency = 50, ...rest }: Client, clock = fakeClock()) {
  const { store = localRateLimits(clock) } = rest;
  const slots = { concurrency, maxQueued: 10_000, pool };
  const limiter = createRateLimiter({ profile: {}, strategies: {}, limits, store, slots, clock });
  const passed: { readonly name: string; readonly atMs: number; readonly leave: () => void }[] = [];
  const enter = (name: string, signal = new AbortController().signal) => {
    const turn = limiter.acquire(createCall({ tenant: createTenant(name), signal }));
    const note = (leave: () => void) => void passed.push({ name, atMs: clock.monotonic(), leave });
    return turn instanceof Promise ? turn.then(note) : Promise.resolve(note(turn));
  };
  return { enter, passed, names: () => passed.map(({ name }) => name), clock };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("no more attempts are under way than the pool allows, of all tenants of all clients", async () => {
  const pool = createPool({ concurrency: 3 });
  const [one, other] = [clientOf({ pool }), clientOf({ pool })];
  for (const client of [one, other]) for (const name of ["a", "b", "c"]) void client.enter(name);
  await settle();
  expect([one.names(), other.names(), pool.running]).toEqual([["a", "b", "c"], [], 3]);
  for (let count = 0; count < 3; count += 1) one.passed[count]!.leave();
  await settle();
  expect([other.names(), pool.running]).toEqual([["a", "b", "c"], 3]);
  for (const { leave } of other.passed) leave();
  expect([pool.running, pool.waiting]).toEqual([0, 0]);
});

test("tenants get free slots in turn, however many calls each has", async () => {
  const pool = createPool({ concurrency: 1 });
  const { enter, passed, names } = clientOf({ pool });
  for (let count = 0; count < 100; count += 1) void enter("noisy");
  void enter("quiet");
  void enter("silent");
  for (let count = 0; count < 6; count += 1) {
    await settle();
    passed.at(-1)!.leave();
  }
  expect(names().slice(0, 6)).toEqual(["noisy", "noisy", "quiet", "silent", "noisy", "noisy"]);
});

test("a tenant that waits for its rate limit holds no slot, and uses no permit before it has one", async () => {
  const pool = createPool({ concurrency: 1 });
  const client = clientOf({ pool, limits: [{ bucket: "default", limit: 1, perMs: 1_000 }] });
  void client.enter("limited");
  client.passed[0]!.leave();
  void client.enter("limited");
  expect(pool.running).toBe(0);
  void client.enter("other");
  await client.clock.advance(5_000);
  // The only slot is taken, long after the permit was valid.
  expect(client.names()).toEqual(["limited", "other"]);
  client.passed[1]!.leave();
  await settle();
  void client.enter("limited");
  await client.clock.advance(2_000);
  client.passed[2]!.leave();
  await client.clock.advance(2_000);
  const times = client.passed.filter(({ name }) => name === "limited").map(({ atMs }) => atMs);
  expect(times).toEqual([0, 5_000, 7_000]);
});

test("with a store that replies later, a tenant keeps the slot of its turn until it has its permit", async () => {
  const pool = createPool({ concurrency: 1 });
  const clock = fakeClock();
  const local = localRateLimits(clock);
  const store: RateLimitStore = { reserve: (request) => clock.sleep(5).then(() => local.reserve(request)) };
  const client = clientOf({ pool, store, limits: [{ bucket: "default", limit: 100, perMs: 1_000 }] }, clock);
  for (const name of ["a", "b", "c", "a", "b", "c"]) void client.enter(name);
  for (let count = 0; count < 6; count += 1) {
    await clock.advance(500);
    expect(client.passed).toHaveLength(count + 1);
    expect(pool.running).toBe(1);
    client.passed[count]!.leave();
  }
  expect(client.names().toSorted()).toEqual(["a", "a", "b", "b", "c", "c"]);
  await clock.advance(500);
  expect([pool.running, pool.waiting]).toEqual([0, 0]);
});

test("an aborted call takes no slot, and passes its turn on", async () => {
  const pool = createPool({ concurrency: 1 });
  const { enter, passed, names } = clientOf({ pool });
  void enter("a");
  const controller = new AbortController();
  const aborted = enter("b", controller.signal);
  void enter("c");
  controller.abort(new Error("gave up"));
  await expect(aborted).rejects.toThrow("gave up");
  passed[0]!.leave();
  await settle();
  expect([names(), pool.running]).toEqual([["a", "c"], 1]);
});

test("2,000 tenants that wait are served one after another", async () => {
  const pool = createPool({ concurrency: 5 });
  const { enter, passed } = clientOf({ pool });
  const all = Array.from({ length: 2_000 }, (_, index) => enter(`tenant ${index}`));
  for (let left = 0; left < all.length; left += 1) {
    if (passed[left] === undefined) await settle();
    passed[left]!.leave();
  }
  await Promise.all(all);
  expect([passed.length, pool.running, pool.waiting]).toEqual([2_000, 0, 0]);
});

test("two connectors with one pool have so many requests under way together", async () => {
  const pool = createPool({ concurrency: 2 });
  let running = 0;
  let most = 0;
  const gate = deferred();
  const fetch = async () => {
    running += 1;
    most = Math.max(most, running);
    await gate.opened;
    running -= 1;
    return Response.json({});
  };
  const clients = ["sk_test_a", "sk_test_b"].map((auth) => createAcme({ fetch, auth, pool }));
  const calls = clients.flatMap((acme) => Array.from({ length: 5 }, () => acme.GET("/things")));
  await settle();
  gate.go();
  await Promise.all(calls);
  expect([most, pool.running]).toEqual([2, 0]);
});

test.each([0, 1.5, Number.NaN, -1])("a concurrency of %j is rejected", (concurrency) => {
  expect(() => createPool({ concurrency })).toThrow(ConfigurationError);
  expect(() => createPool({ concurrency })).toThrow("concurrency must be a positive integer");
});
