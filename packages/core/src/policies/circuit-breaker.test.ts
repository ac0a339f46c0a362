import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme, createAcme } from "../../test/acme.js";
import { createCall, createReply, createTenant, rejection } from "../../test/call.js";
import { serveWith } from "../../test/serve.js";
import { CircuitOpenError, NetworkError, TimeoutError } from "../errors/call-errors.js";
import { circuitBreaker } from "./circuit-breaker.js";

const operation = "GET /things";
const outcomes = {
  "a 503": 503,
  "a 408": 408,
  "a 429": 429,
  "a lost connection": new NetworkError("lost", { operation, code: "ECONNRESET", maybeSent: true }),
  "a timed-out attempt": new TimeoutError("late", { operation, limit: "attempt", limitMs: 1, maybeSent: true }),
  "a deadline that passed while an attempt was under way": new TimeoutError("late", {
    operation,
    limit: "deadline",
    limitMs: 1,
    maybeSent: true,
  }),
  "a 404": 404,
  "a 400": 400,
  "an abort": new DOMException("aborted", "AbortError"),
  "a deadline that passed in a queue": new TimeoutError("late", { operation, limit: "deadline", limitMs: 1 }),
};
const counted = Object.entries(outcomes).slice(0, 6);
const notCounted = Object.entries(outcomes).slice(6);

function setUp() {
  const clock = fakeClock();
  const policy = circuitBreaker({ minAttempts: 4 })({
    profile: acme,
    clock,
    random: Math.random,
  });
  /** How many of a number of calls with the same outcome are sent. */
  const sent = async (outcome: number | Error, calls = 10, parts: Parameters<typeof createCall>[0] = {}) => {
    let count = 0;
    const next = async () => {
      count += 1;
      if (typeof outcome !== "number") throw outcome;
      return createReply(outcome);
    };
    for (let i = 0; i < calls; i += 1) await policy.send(createCall(parts), next).catch(() => {});
    return count;
  };
  return { clock, policy, sent };
}

describe("R35: the circuit breaker", () => {
  test.each(counted)("opens after minAttempts attempts that end with %s", async (_, outcome) => {
    expect(await setUp().sent(outcome)).toBe(4);
  });

  test.each(notCounted)("does not count %s as a failure", async (_, outcome) => {
    expect(await setUp().sent(outcome, 100)).toBe(100);
  });

  test("lets one call through after the open time, and all calls once that one succeeded", async () => {
    const { clock, sent } = setUp();
    await sent(503);
    expect(await sent(200, 5)).toBe(0);
    await clock.advance(10_000);
    expect(await sent(503, 5)).toBe(1);
    await clock.advance(10_000);
    expect(await sent(200, 5)).toBe(5);
  });

  test("has a state of its own for each tenant and origin", async () => {
    const { sent } = setUp();
    await sent(503);
    expect(await sent(200, 1)).toBe(0);
    expect(await sent(200, 1, { tenant: createTenant("another") })).toBe(1);
    const elsewhere = createCall({ operation: { baseUrl: "https://files.acme.test" } });
    expect(await sent(200, 1, { operation: elsewhere.operation })).toBe(1);
  });

  test("is off by default; where it is on and open, calls throw a CircuitOpenError with retryAfterMs and are not sent", async () => {
    const server = await serveWith(() => ({ status: 503 }));
    const call = { baseUrl: server.url, maxAttempts: 1 };
    const without = createAcme(call);
    for (let i = 0; i < 30; i += 1) await without.safe.GET("/things");
    expect(server.requests).toHaveLength(30);

    const acme = createAcme({ ...call, circuitBreaker: circuitBreaker() });
    for (let i = 0; i < 20; i += 1) await acme.safe.GET("/things");
    const error = await rejection<CircuitOpenError>(acme.GET("/things"));
    expect(CircuitOpenError.isInstance(error)).toBe(true);
    expect(error.retryAfterMs).toBeGreaterThan(9_000);
    expect(error.message).toMatch(/^GET \/things: not sent, because Acme kept failing: retry in \d+ ms\.$/);
    expect(server.requests).toHaveLength(50);
  });
});
