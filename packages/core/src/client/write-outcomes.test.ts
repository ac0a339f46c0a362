import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import type { CallError, OutcomeUnknownError } from "../errors/call-errors.js";
import type { Policy } from "../pipeline/policy.js";
import { circuitBreaker } from "../policies/circuit-breaker.js";
import { toFetch } from "./fetch/to-fetch.js";

// POST has an idempotency key, DELETE and PUT are idempotent, PATCH must not be sent twice.
const methods = ["POST", "PUT", "DELETE", "PATCH"] as const;
const always = { times: Number.POSITIVE_INFINITY };
const lost = { kind: "reset", after: "request", applied: true } as const;
const once = { random: () => 0, maxAttempts: 1 };

type Method = (typeof methods)[number];

/** An address where nobody listens any more. */
async function nowhere(): Promise<string> {
  const server = await serve();
  await server.close();
  return server.url;
}

describe("R6, R53: a write without a usable response ends in OutcomeUnknownError", () => {
  test.each<[what: string, cause: string, fault: Parameters<typeof serve>[0]]>([
    ["whose response is lost", "NetworkError", [{ ...lost, ...always }]],
    ["whose response ends in the middle", "NetworkError", [{ kind: "reset", after: "half-body", ...always }]],
    ["whose response is malformed", "ResponseParseError", [{ kind: "truncate", ...always }]],
    [
      "that is redirected to another origin",
      "UnsafeRedirectError",
      [{ kind: "response", status: 307, headers: { location: "http://127.0.0.1:1/" }, ...always }],
    ],
    [
      "that is redirected by a status that would make it a read",
      "UnsafeRedirectError",
      [{ kind: "response", status: 302, headers: { location: "/other" }, ...always }],
    ],
  ])("%s, with a %s as its cause", async (_, cause, faults) => {
    for (const method of methods) {
      const server = await serve(faults, { body: { text: "x".repeat(1_000) } });
      const error = await rejection<CallError>(createAcme({ baseUrl: server.url, ...once })[method]("/things"));
      expect(error, method).toMatchObject({
        name: "OutcomeUnknownError",
        outcome: "unknown",
        operation: `${method} /things`,
        attempts: [{ number: 1 }],
      });
      expect((error.cause as Error).name).toBe(cause);
      const sent = server.requests.at(-1)?.headers["idempotency-key"];
      expect(error.idempotencyKey).toBe(method === "POST" ? sent : undefined);
      expect(error.message.includes("repeat it with the same `idempotencyKey`")).toBe(method === "POST");
    }
  });

  test("whose response is too large", async () => {
    const server = await serve([], { body: { text: "x".repeat(1_000) } });
    for (const method of methods) {
      const call = createAcme({ baseUrl: server.url, ...once })[method]("/things", { maxResponseBytes: 100 });
      const error = await rejection<OutcomeUnknownError>(call);
      expect(error).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown" });
      expect(error.cause).toMatchObject({ name: "ResponseTooLargeError" });
    }
  });

  test.each(["attemptTimeoutMs", "deadlineMs"])("whose response is not there within %s", async (limit) => {
    for (const method of methods) {
      const server = await serve([{ kind: "stall", after: "request", ...always }]);
      const clock = fakeClock();
      const acme = createAcme({ baseUrl: server.url, ...once, clock, [limit]: 1_000 });
      const failed = rejection<CallError>(acme[method]("/things"));
      await expect.poll(() => server.requests.length).toBe(1);
      await clock.advance(1_000);
      expect(await failed).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown" });
      expect((await failed).cause).toMatchObject({ name: "TimeoutError" });
    }
  });

  test("also where a policy keeps the call waiting after the response, until the deadline", async () => {
    const server = await serve();
    const clock = fakeClock();
    const hanging: Policy = { name: "hanging", send: (call, next) => next(call).then(() => new Promise(() => {})) };
    const acme = createAcme({ baseUrl: server.url, clock, policies: { perCall: [hanging] }, deadlineMs: 1_000 });
    const failed = rejection(acme.PATCH("/things"));
    await expect.poll(() => server.requests.length).toBe(1);
    await clock.advance(1_010);
    expect(await failed).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown" });
  });

  test("also through toFetch", async () => {
    const server = await serve([{ ...lost, ...always }]);
    const error = await rejection(
      toFetch(createAcme({ baseUrl: server.url, ...once }))("/things", { method: "PATCH" }),
    );
    expect(error).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown" });
  });

  test("whose second attempt is not sent, because the circuit breaker opened after the first", async () => {
    const server = await serve([{ ...lost, ...always }]);
    const acme = createAcme({
      baseUrl: server.url,
      random: () => 0,
      circuitBreaker: circuitBreaker({ minimumCalls: 1 } as never),
    });
    const error = await rejection<CallError>(acme.POST("/things"));
    expect(error).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown" });
  });
});

describe("a write that was never sent is not applied, and keeps the class of its error", () => {
  test.each(methods)("%s, whose connection is refused", async (method) => {
    const baseUrl = await nowhere();
    const error = await rejection<CallError>(createAcme({ baseUrl, random: () => 0 })[method]("/things"));
    expect(error).toMatchObject({ name: "NetworkError", outcome: "not-applied", maybeSent: false });
    expect(typeof error.idempotencyKey).toBe(method === "POST" ? "string" : "undefined");
  });

  test("whose deadline passes in the queue, or while a credential is awaited that ignores the abort", async () => {
    const server = await serve();
    for (const options of [{ auth: () => new Promise<string>(() => {}) }, { concurrency: 1 }]) {
      const clock = fakeClock();
      const acme = createAcme({ baseUrl: server.url, clock, deadlineMs: 1_000, ...options });
      if ("concurrency" in options) {
        const body = new ReadableStream<Uint8Array>();
        void acme.POST("/blocking", { body, deadlineMs: 60_000, attemptTimeoutMs: 60_000 }).catch(() => {});
      }
      const failed = rejection(acme.PATCH("/things"));
      await clock.advance(1_100);
      expect(await failed).toMatchObject({ name: "TimeoutError", outcome: "not-applied" });
    }
    expect(server.requests.filter(({ path }) => path === "/things")).toEqual([]);
  });

  test("a read that fails has changed nothing", async () => {
    const server = await serve([{ ...lost, ...always }]);
    const error = await rejection(createAcme({ baseUrl: server.url, ...once }).GET("/things"));
    expect(error).toMatchObject({ name: "NetworkError", outcome: "not-applied", maybeSent: true });
  });
});

describe("an error response to a write", () => {
  const respond = (status: number) => ({ kind: "response", status }) as const;
  const outcomeOf = async (method: Method, faults: Parameters<typeof serve>[0]) => {
    const server = await serve(faults);
    const acme = createAcme({ baseUrl: server.url, random: () => 0 });
    return [await rejection<CallError>(acme[method]("/things")), server.requests] as const;
  };

  test.each([
    [500, "unknown"],
    [503, "unknown"],
    [400, "not-applied"],
    [422, "not-applied"],
  ] as const)("%i: %s, with the idempotency key of all attempts", async (status, outcome) => {
    for (const method of methods) {
      const [error, requests] = await outcomeOf(method, [{ ...respond(status), ...always }]);
      expect(error, method).toMatchObject({ status, outcome });
      const keys = new Set(requests.map(({ headers }) => headers["idempotency-key"]));
      expect([...keys]).toEqual([error.idempotencyKey]);
    }
  });

  test.each([404, 410, 403])(
    "a DELETE whose response was lost, and that then gets a %i, is unknown",
    async (status) => {
      const [error, requests] = await outcomeOf("DELETE", [lost, respond(status)]);
      expect(error).toMatchObject({ status, outcome: "unknown" });
      expect(error.message).toContain("The write may have been applied");
      expect(requests).toHaveLength(2);
    },
  );

  test("a DELETE that got a 404 at once is not applied", async () => {
    expect((await outcomeOf("DELETE", [respond(404)]))[0]).toMatchObject({ status: 404, outcome: "not-applied" });
  });

  // Stripe keeps the result of a key, whatever it is, and rejects some requests before it looks at the key:
  // https://docs.stripe.com/error-low-level#idempotency
  test.each([
    [402, "not-applied"],
    [404, "not-applied"],
    [401, "unknown"],
    [403, "unknown"],
    [409, "unknown"],
    [429, "unknown"],
  ] as const)("a write with a key whose response was lost, and that then gets a %i, is %s", async (status, outcome) => {
    const [error] = await outcomeOf("POST", [lost, { ...respond(status), ...always }]);
    expect(error).toMatchObject({ status, outcome });
  });

  test("a write whose response was lost, and whose other attempts do not connect, is unknown", async () => {
    const server = await serve([lost]);
    const url = `${await nowhere()}/things`;
    let attempts = 0;
    const closing: Policy = {
      name: "closing",
      send: (call, next) => {
        attempts += 1;
        return next(attempts === 1 ? call : { ...call, url });
      },
    };
    const acme = createAcme({ baseUrl: server.url, random: () => 0, policies: { perAttempt: [closing] } });
    const error = await rejection<CallError>(acme.PUT("/things"));
    expect(error).toMatchObject({ name: "OutcomeUnknownError", attempts: [{}, {}, {}] });
    expect(error.cause).toMatchObject({ name: "NetworkError", maybeSent: false });
  });
});

test("R53: a write can be repeated with the key of its error, and with the key of its response", async () => {
  const server = await serve([{ ...lost, times: 3 }]);
  const acme = createAcme({ baseUrl: server.url, random: () => 0 });
  const { idempotencyKey } = await rejection<CallError>(acme.POST("/things"));
  const { response } = await acme.POST("/things", { idempotencyKey });
  expect(response.idempotencyKey).toBe(idempotencyKey);
  expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  expect(server.requests).toHaveLength(4);
});

describe("a stream of a write that fails after a success was applied", () => {
  const halfOf = async (fault: "stall" | "reset") => {
    const server = await serve([{ kind: fault, after: "half-body" }], { body: { text: "x".repeat(1_000) } });
    const clock = fakeClock();
    const { data } = await createAcme({ baseUrl: server.url, clock, idleTimeoutMs: 1_000 }).stream.POST("/things");
    return { clock, failed: rejection((data as ReadableStream<Uint8Array>).pipeTo(new WritableStream())) };
  };

  test("where it falls silent", async () => {
    const { clock, failed } = await halfOf("stall");
    let isOver = false;
    void failed.then(() => {
      isOver = true;
    });
    // Each chunk begins the limit anew.
    await expect.poll(() => clock.advance(1_010).then(() => isOver)).toBe(true);
    expect(await failed).toMatchObject({ name: "TimeoutError", limit: "idle", outcome: "applied" });
  });

  test("where its connection is lost", async () => {
    expect(await (await halfOf("reset")).failed).toMatchObject({ name: "NetworkError", outcome: "applied" });
  });
});
