import { canaryScan, type FakeClock, fakeClock, instantClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme, createAcme, secret } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { recorder } from "../../../test/observed.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { tieredCache } from "../../cache/index.js";
import { toFetch } from "../../client/fetch/to-fetch.js";
import type { ConnectorOptions } from "../../client/options.js";
import { GraphqlError, graphql } from "../../graphql/index.js";
import type { AttemptRecord } from "../../pipeline/call-record.js";
import { circuitBreaker } from "../../policies/circuit-breaker.js";
import type { ProviderProfile } from "../../provider/profile.js";
import { createObserver } from "../index.js";

type Respond = Parameters<typeof stubFetch>[0];

function setUp(respond?: Respond, options: ConnectorOptions = {}, profile: Partial<ProviderProfile> = {}) {
  const { fetch, requests } = stubFetch(respond);
  const { observer, ...seen } = recorder();
  const clock = options.clock ?? instantClock();
  const client = createAcme({ fetch, clock, random: () => 0, observe: observer, ...options }, profile);
  return { client, requests, ...seen };
}

/** A provider that takes so long. */
const slow =
  (clock: FakeClock, delayMs: number): Respond =>
  async () => {
    await clock.sleep(delayMs);
    return Response.json({});
  };

/** A stream of chunks of these sizes. */
function streamOf(sizes: readonly number[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const rest = [...sizes];
  return new ReadableStream({
    pull(controller) {
      const size = rest.shift();
      if (size === undefined) controller.close();
      else controller.enqueue(new Uint8Array(size));
    },
  });
}

describe("a call is recorded at its end:", () => {
  test("what it was, how it ended, and what was sent and received", async () => {
    const respond = () =>
      Response.json(
        { id: "é" },
        { headers: { "request-id": "req_1", "x-limit": "9", "x-left": "7", "x-reset": "30" } },
      );
    const { client, calls, starts, clients } = setUp(
      respond,
      {},
      { rateLimitHeaders: { limit: "x-limit", remaining: "x-left", reset: { name: "x-reset", unit: "seconds" } } },
    );
    await client.POST("/v1/customers/{customer}", { params: { path: { customer: "cus_1" } }, body: { name: "é" } });
    expect(clients).toEqual([{ provider: "acme", name: "Acme", limits: [], concurrency: 50, hasCache: false }]);
    expect(starts).toMatchObject([{ provider: "acme", operation: "POST /v1/customers/{customer}", trigger: "call" }]);
    expect(calls).toMatchObject([
      {
        provider: "acme",
        operation: "POST /v1/customers/{customer}",
        method: "POST",
        path: "/v1/customers/{customer}",
        bucket: "default",
        serverAddress: "api.acme.test",
        serverPort: 443,
        outcome: "success",
        failure: undefined,
        status: 200,
        requestId: "req_1",
        cache: undefined,
        dataAgeMs: 0,
        requestBytes: 13,
        responseBytes: 11,
        deadlineLeftMs: 60_000,
        quotas: [{ name: "x-left", remaining: 7, resetMs: 30_000 }],
        attempts: [{ number: 1, status: 200, verdict: "success", requestId: "req_1", requestBytes: 13 }],
      },
    ]);
  });

  test("a failure by its class, the provider's code and the outcome of the write, without its message", async () => {
    const respond = () =>
      Response.json(
        { error: { message: "card of Jane", code: "declined" } },
        { status: 402, headers: { "request-id": "r" } },
      );
    const { client, calls } = setUp(respond);
    await rejection(client.POST("/v1/charges"));
    expect(calls).toMatchObject([
      {
        outcome: "failure",
        status: 402,
        requestId: "r",
        failure: { name: "ApiError", code: "declined", outcome: "not-applied" },
      },
    ]);
    expect(JSON.stringify(calls)).not.toContain("Jane");
  });

  test("each attempt with its status, and the backoff between them", async () => {
    const { client, calls } = setUp((_, count) => Response.json({}, { status: count < 3 ? 503 : 200 }), {
      random: () => 0.5,
    });
    await client.GET("/things");
    const [call] = calls;
    expect(call?.attempts.map(({ number, status, verdict }) => [number, status, verdict])).toEqual([
      [1, 503, "transient"],
      [2, 503, "transient"],
      [3, 200, "success"],
    ]);
    expect(call?.backoffMs).toBeGreaterThan(0);
    expect(call?.backoffMs).toBe(call?.durationMs);
  });

  test.each([
    [
      "a lost connection",
      () => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNRESET" } })),
      "NetworkError",
    ],
    ["a response that cannot be parsed", () => new Response("<html>"), "ResponseParseError"],
  ])("%s", async (_, respond, name) => {
    const { client, calls } = setUp(respond, { maxAttempts: 1 });
    await rejection(client.GET("/things"));
    expect(calls).toMatchObject([{ outcome: "failure", failure: { name }, attempts: [{ number: 1 }] }]);
  });

  test("a write whose outcome is unknown, with what caused it", async () => {
    const respond = () => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNRESET" } }));
    const { client, calls } = setUp(respond, { maxAttempts: 1 });
    await rejection(client.PATCH("/things"));
    expect(calls[0]?.failure).toMatchObject({ name: "OutcomeUnknownError", cause: "NetworkError", outcome: "unknown" });
  });

  test("an abort by its caller, with the attempt that was under way", async () => {
    const controller = new AbortController();
    const { client, calls } = setUp(() => new Promise(() => {}));
    const call = client.GET("/things", { signal: controller.signal });
    await new Promise(setImmediate);
    controller.abort(new Error("enough"));
    await rejection(call);
    expect(calls).toMatchObject([
      { outcome: "aborted", attempts: [{ number: 1, status: undefined, verdict: undefined }] },
    ]);
  });

  test("a deadline that passed, and a signal that was aborted before", async () => {
    const clock = fakeClock();
    const { client, calls } = setUp(() => new Promise(() => {}), { clock, deadlineMs: 50 });
    const call = rejection(client.GET("/things"));
    await clock.advance(50);
    await call;
    await rejection(client.GET("/things", { signal: AbortSignal.abort() }));
    expect(
      calls.map(({ outcome, failure, durationMs, deadlineLeftMs }) => [
        outcome,
        failure?.name,
        durationMs,
        deadlineLeftMs,
      ]),
    ).toEqual([
      ["failure", "TimeoutError", 50, 0],
      ["aborted", "Error", 0, 50],
    ]);
  });

  test("one that a circuit breaker did not send has no attempt, and says when it is sent again", async () => {
    const options = { circuitBreaker: circuitBreaker({ minAttempts: 1 }), maxAttempts: 1 };
    const { client, calls } = setUp(() => Response.json({}, { status: 500 }), options);
    await rejection(client.GET("/things"));
    await rejection(client.GET("/things"));
    expect(calls[1]).toMatchObject({ attempts: [], failure: { name: "CircuitOpenError" } });
    expect(calls[1]?.failure?.retryAfterMs).toBeGreaterThan(0);
  });
});

describe("the waits of an attempt are apart:", () => {
  test("for a slot", async () => {
    const clock = fakeClock();
    const { client, calls } = setUp(slow(clock, 100), { clock, concurrency: 1 });
    const both = Promise.all([client.GET("/things"), client.GET("/things")]);
    await clock.advance(100);
    await clock.advance(100);
    await both;
    expect(calls.map(({ queueMs, permitMs, providerMs }) => [queueMs, permitMs, providerMs])).toEqual([
      [0, 0, 100],
      [100, 0, 100],
    ]);
  });

  test("for a permit of a rate limit", async () => {
    const clock = fakeClock();
    const rateLimits = [{ bucket: "default", limit: 1, perMs: 1_000 }];
    const { client, calls, clients } = setUp(slow(clock, 100), { clock }, { rateLimits });
    const both = Promise.all([client.GET("/things"), client.GET("/things")]);
    for (let step = 0; step < 12; step += 1) await clock.advance(100);
    await both;
    expect(clients[0]?.limits).toEqual([{ ...rateLimits[0], per: undefined, costs: {} }]);
    expect(calls.map(({ queueMs, permitMs, providerMs }) => [queueMs, permitMs, providerMs].map(Math.round))).toEqual([
      [0, 0, 100],
      [0, 1_000, 100],
    ]);
  });

  test("one that gives up while it waits has the wait, and no attempt", async () => {
    const clock = fakeClock();
    const { client, calls } = setUp(slow(clock, 100), { clock, concurrency: 1 });
    const first = client.GET("/things");
    const second = rejection(client.GET("/things", { deadlineMs: 40 }));
    await clock.advance(40);
    await second;
    await clock.advance(60);
    await first;
    expect(calls[0]).toMatchObject({ failure: { name: "TimeoutError" }, attempts: [], queueMs: 40, permitMs: 0 });
  });
});

describe("the cache", () => {
  const cache = { ttlMs: 1_000, staleWhileRevalidateMs: 10_000, tags: ["prices"] };
  const count: Respond = (_, number) => Response.json({ number });

  test("a miss, a hit and its age, and stale data with its refresh in the background", async () => {
    const clock = fakeClock();
    const { client, calls, requests } = setUp(count, { clock, cache: tieredCache() });
    await client.GET("/things", { cache });
    await clock.advance(400);
    await client.GET("/things", { cache });
    await clock.advance(1_000);
    await client.GET("/things", { cache });
    await clock.advance(1);
    expect(requests).toHaveLength(2);
    expect(calls.map((call) => [call.trigger, call.cache, call.dataAgeMs, call.attempts.length, call.tags])).toEqual([
      ["call", "miss", 0, 1, ["prices"]],
      ["call", "hit", 400, 0, ["prices"]],
      ["call", "stale", 1_400, 0, ["prices"]],
      ["background", undefined, 0, 1, []],
    ]);
  });

  test("a call that shares the request of another has no attempt of its own", async () => {
    const { client, calls, requests } = setUp(count, { cache: tieredCache() });
    await Promise.all([client.GET("/things", { cache }), client.GET("/things", { cache })]);
    expect(requests).toHaveLength(1);
    expect(calls.map((call) => [call.cache, call.attempts.length]).sort()).toEqual([
      ["joined", 0],
      ["miss", 1],
    ]);
  });

  test("each request is recorded once, also where the call that made it gave up and another waits for it", async () => {
    const clock = fakeClock();
    const respond: Respond = async ({ url }, number) => {
      if (!url.endsWith("/first")) await clock.sleep(100);
      return Response.json({}, { status: number === 2 ? 503 : 200 });
    };
    const { client, calls, requests } = setUp(respond, { clock, cache: tieredCache() });
    // From then on the tenant has a name, and calls begin in order.
    await client.GET("/first", { cache });
    calls.length = 0;
    const controller = new AbortController();
    const first = rejection(client.GET("/things", { cache, signal: controller.signal }));
    const second = client.GET("/things", { cache });
    await clock.advance(50);
    controller.abort(new Error("enough"));
    await first;
    for (let step = 0; step < 20; step += 1) await clock.advance(50);
    await second;
    expect(requests).toHaveLength(3);
    expect(
      calls.map(({ trigger, outcome, attempts }) => [trigger, outcome, attempts.map(({ number }) => number)]),
    ).toEqual([
      ["call", "aborted", [1]],
      ["background", "success", [2]],
      ["call", "success", []],
    ]);
  });
});

describe("every way to call is observed:", () => {
  test("toFetch", async () => {
    const { client, calls } = setUp(() => Response.json({ error: { code: "gone" } }, { status: 410 }));
    await (await toFetch(client)("/things")).text();
    expect(calls).toMatchObject([
      { operation: "GET /things", outcome: "failure", failure: { name: "ApiError", code: "gone" } },
    ]);
  });

  test("each page of a list", async () => {
    const pagination = [
      { kind: "cursor", items: ["data"], from: { body: ["next"] }, into: { in: "query", name: "page" } },
    ] as const;
    const respond: Respond = (_, number) => Response.json({ data: [number], next: number < 3 ? `${number}` : null });
    const { client, calls } = setUp(respond, {}, { pagination });
    const items = [];
    for await (const item of client.paginate("/things")) items.push(item);
    expect([items, calls.length]).toEqual([[1, 2, 3], 3]);
  });

  test("GraphQL, whose errors come with a status of success", async () => {
    const { client, calls } = setUp(() => Response.json({ errors: [{ type: "NOT_FOUND" }], data: null }));
    expect(GraphqlError.isInstance(await rejection(graphql(client, { query: "{ user }" })))).toBe(true);
    expect(calls).toMatchObject([
      { operation: "POST /graphql", outcome: "failure", failure: { name: "GraphqlError" } },
    ]);
  });

  test("a stream, when it was read to its end, with what was read", async () => {
    const ended: AttemptRecord[] = [];
    const onAttempt = () => ({ end: (attempt: AttemptRecord) => void ended.push(attempt) });
    const { observer, calls } = recorder();
    const observe = [observer, createObserver({ onStart: () => ({ onAttempt }) })];
    const { client } = setUp(() => new Response("é text"), { observe });
    const { data } = await client.stream.GET("/things");
    await new Promise(setImmediate);
    expect(calls).toEqual([]);
    expect(ended).toMatchObject([{ responseBytes: undefined }]);
    await new Response(data).text();
    await new Promise(setImmediate);
    expect(calls).toMatchObject([{ outcome: "success", responseBytes: 7, attempts: [{ responseBytes: 7 }] }]);
  });

  test("a stream that is cancelled, with what was read until then", async () => {
    const { client, calls } = setUp(() => new Response(streamOf([3, 5, 7])));
    const { data } = await client.stream.GET("/things");
    for await (const _ of data) break;
    await new Promise(setImmediate);
    expect(calls).toMatchObject([{ responseBytes: 3, attempts: [{ responseBytes: 3 }] }]);
  });

  test("an upload of a stream, with what was sent, and the caller sees its progress", async () => {
    const sent: number[] = [];
    const { client, calls } = setUp(async ({ body }) => {
      await new Response(body as ReadableStream).arrayBuffer();
      return Response.json({});
    });
    const onUploadProgress = ({ sentBytes }: { readonly sentBytes: number }) => void sent.push(sentBytes);
    await client.request("POST", "/files", { body: streamOf([5, 4]), onUploadProgress });
    expect(sent).toEqual([5, 9]);
    expect(calls).toMatchObject([{ requestBytes: 9, attempts: [{ requestBytes: 9 }] }]);
  });
});

test("R44: no record shows the credential, whatever the provider repeats and whatever the path contains", async () => {
  const respond: Respond = (_, number) =>
    Response.json(
      { error: { message: secret, code: secret } },
      { status: number % 2 ? 400 : 200, headers: { "request-id": `req ${secret}`, "x-ratelimit-resource": secret } },
    );
  const { client, calls, starts } = setUp(respond);
  await rejection(client.request("GET", `/hooks/${secret}`));
  await client.request("GET", `/hooks/${secret}`);
  expect(calls).toHaveLength(2);
  expect(canaryScan(secret, calls)).toEqual([]);
  // The first call has no credential yet when it begins.
  expect(canaryScan(secret, starts.slice(1))).toEqual([]);
});

test("a response has the provider's id, and one from the cache does not", async () => {
  const cache = { ttlMs: 1_000 };
  const { client } = setUp(() => Response.json({}, { headers: { "request-id": "req_1" } }), { cache: tieredCache() });
  const [first, second] = [await client.GET("/things", { cache }), await client.GET("/things", { cache })];
  expect([first.response.requestId, second.response.requestId]).toEqual(["req_1", undefined]);
});

test("the id of a failure is where the profile says, also in its body", async () => {
  const errors = { ...acme.errors, requestId: ["trace"] };
  const respond: Respond = (_, number) => Response.json({ trace: "t1" }, { status: number === 1 ? 400 : 200 });
  const { client, calls } = setUp(respond, {}, { errors });
  expect(await rejection(client.GET("/things"))).toMatchObject({ requestId: "t1" });
  await client.GET("/things");
  expect(calls.map(({ requestId }) => requestId)).toEqual(["t1", undefined]);
});
