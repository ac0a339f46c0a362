import { PassThrough } from "node:stream";
import { canaryScan, fakeClock, instantClock } from "@connectry/testing";
import { pino } from "pino";
import { expect, test } from "vitest";
import { secret } from "../../test/acme.js";
import { acmeOf, setUp } from "../../test/counted-client.js";
import { harness, paid, secret as webhookSecret } from "../../test/webhooks/harness.js";
import { tieredCache } from "../cache/index.js";
import { pinoLog } from "../observe/index.js";
import { circuitBreaker } from "../policies/circuit-breaker.js";
import { github, signWebhook, stripe } from "../webhooks/index.js";
import { telemetry } from "./index.js";

test("calls are counted by outcome and class of error, attempts and retries apart", async () => {
  const statuses = [200, 503, 200, 404, 500, 500, 500];
  const { client, metrics } = setUp({
    respond: (_, count) => Response.json({}, { status: statuses[count - 1] ?? 200 }),
  });
  for (let count = 0; count < 4; count += 1) await client.safe.GET("/things");
  expect(acmeOf(metrics)).toMatchObject({
    provider: "acme",
    name: "Acme",
    calls: 4,
    successes: 2,
    failures: { NotFoundError: 1, InternalServerError: 1 },
    aborted: 0,
    errorRate: 0.5,
    attempts: 7,
    retries: 3,
    operations: [{ operation: "GET /things", calls: 4 }],
  });
});

test("response times have quantiles that are at most a tenth off", async () => {
  const clock = fakeClock();
  const { client, metrics } = setUp({
    options: { clock },
    respond: async (_, count) => {
      await clock.sleep(count);
      return Response.json({});
    },
  });
  const calls = Promise.all(Array.from({ length: 1_000 }, () => client.GET("/things")));
  // Each waits for a slot, which is not the time of the provider.
  for (let step = 0; step < 400; step += 1) await clock.advance(50);
  await calls;
  const { attempt, duration } = acmeOf(metrics);
  expect(attempt.count).toBe(1_000);
  for (const [quantile, exact] of [
    [attempt.p50Ms, 500],
    [attempt.p95Ms, 950],
    [attempt.p99Ms, 990],
  ] as const) {
    expect(Math.abs((quantile ?? 0) - exact) / exact).toBeLessThan(0.1);
  }
  expect(duration.p50Ms).toBeGreaterThan(attempt.p50Ms ?? 0);
});

test("what the cache saved: calls, and what they would have cost of the limits", async () => {
  const rateLimits = [{ bucket: "default", limit: 100, perMs: 1_000, costs: { GET: 5 } }];
  const { client, metrics, requests } = setUp({ options: { cache: tieredCache() }, profile: { rateLimits } });
  const cache = { ttlMs: 60_000, tags: ["prices"] };
  for (let count = 0; count < 4; count += 1) await client.GET("/things", { cache });
  expect(requests).toHaveLength(1);
  expect(acmeOf(metrics)).toMatchObject({
    calls: 4,
    attempts: 1,
    cache: { miss: 1, hit: 3 },
    savedCalls: 3,
    savedQuota: 15,
  });
});

test("freshness is the time since the provider last confirmed the data, by operation and tag", async () => {
  const clock = fakeClock();
  const { client, metrics } = setUp({ options: { cache: tieredCache(), clock } });
  const cache = { ttlMs: 60_000, tags: ["prices"] };
  await client.GET("/things", { cache });
  await clock.advance(5_000);
  await client.GET("/things", { cache });
  await clock.advance(2_000);
  expect(acmeOf(metrics).freshness).toEqual([
    { kind: "operation", name: "GET /things", ageMs: 7_000 },
    { kind: "tag", name: "prices", ageMs: 7_000 },
  ]);
});

test("limits are compared with what was used in their time, and say when more is free", async () => {
  const clock = fakeClock();
  const rateLimits = [
    { bucket: "default", limit: 4, perMs: 60_000 },
    { bucket: "default", limit: 100, perMs: 60_000, per: "operation" as const },
  ];
  // A store that permits everything: nothing waits.
  const store = { reserve: () => ({ kind: "reserved", delayMs: 0 }) as const };
  const { client, metrics } = setUp({ options: { clock, rateLimit: { store } }, profile: { rateLimits } });
  for (const path of ["/a", "/a", "/a", "/b"]) await client.GET(path);
  await clock.advance(15_000);
  expect(acmeOf(metrics).limits).toEqual([
    { bucket: "default", operation: undefined, limit: 4, perMs: 60_000, used: 4, freeInMs: 45_000 },
    { bucket: "default", operation: "GET /a", limit: 100, perMs: 60_000, used: 3, freeInMs: 0 },
  ]);
  // Half of the window before counts half.
  await clock.advance(75_000);
  expect(acmeOf(metrics).limits.map(({ used }) => used)).toEqual([2, 1.5]);
  await clock.advance(60_000);
  expect(acmeOf(metrics).limits.map(({ used }) => used)).toEqual([0, 0]);
});

test("the last quota that the provider reported, and the state of the circuit breaker", async () => {
  const clock = fakeClock();
  const rateLimitHeaders = {
    limit: "x-limit",
    remaining: "x-left",
    reset: { name: "x-reset", unit: "seconds" },
  } as const;
  let status = 500;
  const { client, metrics } = setUp({
    options: { clock, circuitBreaker: circuitBreaker({ minAttempts: 1, openMs: 10_000 }), maxAttempts: 1 },
    profile: { rateLimitHeaders },
    respond: () => Response.json({}, { status, headers: { "x-limit": "9", "x-left": "7", "x-reset": "30" } }),
  });
  await client.safe.GET("/things");
  await client.safe.GET("/things");
  await clock.advance(4_000);
  expect(acmeOf(metrics)).toMatchObject({
    quotas: [{ name: "x-left", remaining: 7, freeInMs: 26_000 }],
    breaker: { state: "open", opensInMs: 6_000 },
  });
  await clock.advance(7_000);
  expect(acmeOf(metrics).breaker).toEqual({ state: "half-open", opensInMs: 0 });
  status = 200;
  await client.GET("/things");
  expect(acmeOf(metrics).breaker).toEqual({ state: "closed", opensInMs: 0 });
});

test("windows are what a plot has points for, and a range counts those within it", async () => {
  const clock = fakeClock();
  const { client, metrics } = setUp({ options: { clock }, metrics: { windowMs: 1_000, maxWindows: 3 } });
  for (let second = 0; second < 5; second += 1) {
    await client.GET("/things");
    await clock.advance(1_000);
  }
  expect(acmeOf(metrics).windows.map(({ atMs, calls }) => [atMs - metrics.snapshot().startedAtMs, calls])).toEqual([
    [2_000, 1],
    [3_000, 1],
    [4_000, 1],
  ]);
  const { connectors } = metrics.snapshot({ lastMs: 2_000 });
  expect([connectors[0]?.calls, acmeOf(metrics).calls]).toEqual([2, 5]);
});

test("deliveries of webhooks are counted by outcome and event type; rejected ones are not failures", async () => {
  const metrics = telemetry();
  const fail = () => {
    throw new Error("handler");
  };
  const { handler } = harness(stripe, { observe: metrics, on: { "invoice.paid": () => {}, "invoice.lost": fail } });
  for (const [id, type] of [
    ["evt_1", "invoice.paid"],
    ["evt_1", "invoice.paid"],
    ["evt_2", "invoice.lost"],
  ] as const) {
    await handler(await signWebhook(stripe, { ...paid, id, type }, { secret: webhookSecret }));
  }
  await handler(await signWebhook(stripe, paid, { secret: "whsec_another" }));
  const [webhook] = metrics.snapshot().webhooks;
  expect(webhook).toMatchObject({
    scheme: "stripe",
    deliveries: 4,
    outcomes: { processed: 1, duplicate: 1, failed: 1, rejected: 1 },
    failureRate: 1 / 3,
    eventTypes: [
      { type: "invoice.paid", deliveries: 2 },
      { type: "invoice.lost", deliveries: 1 },
    ],
  });
  expect(webhook?.lag.count).toBe(3);
});

test("R63: names are bounded: 1,000 operations and tags, and many event types, take a bounded state", async () => {
  const { client, metrics } = setUp({
    metrics: { maxOperations: 10, maxTags: 5, maxEventTypes: 5 },
    options: { cache: tieredCache() },
  });
  for (let count = 0; count < 1_000; count += 1) {
    await client.request("GET", `/things/${count}`, { cache: { tags: [`tag ${count}`] } });
  }
  const { operations, freshness, calls } = acmeOf(metrics);
  expect([operations.length, calls]).toEqual([10, 1_000]);
  expect(operations.at(-1)).toMatchObject({ operation: "other", calls: 991 });
  expect(freshness.length).toBeLessThanOrEqual(15);
  const { handler } = harness(github, { observe: metrics });
  for (let count = 0; count < 20; count += 1) {
    const headers = { "x-github-event": `event${count}`, "x-github-delivery": `${count}` };
    await handler(await signWebhook(github, {}, { secret: webhookSecret, headers }));
  }
  expect(metrics.snapshot().webhooks[0]?.eventTypes.map(({ type }) => type)).toEqual([
    "event0",
    "event1",
    "event2",
    "event3",
    "other",
  ]);
});

test("names that objects have by themselves are counted as any other", async () => {
  const { client, metrics } = setUp();
  for (const path of ["/__proto__", "/constructor"]) await client.request("GET", path);
  expect(acmeOf(metrics).operations.map(({ operation, calls }) => [operation, calls])).toEqual([
    ["GET /__proto__", 1],
    ["GET /constructor", 1],
  ]);
});

test("R44: the lines of pino for 1,000 calls have the counts of the snapshot, and neither shows the credential", async () => {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on("data", (chunk) => void chunks.push(String(chunk)));
  const clock = instantClock();
  const metrics = telemetry({ clock });
  const echo = { error: { message: secret, code: secret } };
  const statuses = [200, 200, 404, 503, 200, 429, 500];
  const { client } = setUp({
    // Without limits no pause after a 429 lets the cached entries grow stale, which would be refreshed by calls of their own.
    options: { clock, observe: [metrics, pinoLog(pino(stream))], cache: tieredCache(), rateLimit: false },
    respond: (_, count) =>
      Response.json(echo, { status: statuses[count % statuses.length] ?? 200, headers: { "request-id": secret } }),
  });
  for (let count = 0; count < 1_000; count += 1) {
    await client.safe.GET(`/things/{id}`, { params: { path: { id: count % 50 } }, cache: { ttlMs: 60_000 } });
  }
  await new Promise(setImmediate);
  const text = chunks.join("");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const count = (isCounted: (line: (typeof lines)[number]) => boolean) => lines.filter(isCounted).length;
  const { calls, successes, failures, attempts, cache } = acmeOf(metrics);
  expect(calls).toBe(1_000);
  expect(lines).toHaveLength(calls);
  expect(count(({ outcome }) => outcome === "success")).toBe(successes);
  for (const [name, number] of Object.entries(failures)) expect(count(({ error }) => error === name)).toBe(number);
  expect(Object.values(failures).reduce((sum, number) => sum + number, successes)).toBe(1_000);
  expect(lines.reduce((sum, line) => sum + line.attempts, 0)).toBe(attempts);
  expect(count((line) => line.cache === "hit")).toBe(cache.hit);
  expect(canaryScan(secret, [text, metrics.snapshot(), metrics.prometheus()])).toEqual([]);
});

test("options that are not valid are refused", () => {
  expect(() => telemetry({ maxOperation: 1 } as object)).toThrow(
    "telemetry: unknown option `maxOperation`: did you mean `maxOperations`",
  );
  expect(() => telemetry({ windowMs: 0 })).toThrow("telemetry: windowMs must be a positive number of milliseconds");
});
