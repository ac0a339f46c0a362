import { instantClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createCall, createReply, createTenant, rejection } from "../../test/call.js";
import { judgeOf } from "../../test/judge.js";

import type { ProviderProfile } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { NetworkError } from "../errors/network-error.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { Call } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import { createRetryBudget, type RetryBudget } from "../retry/retry-budget.js";
import { retry } from "./retry.js";

type Outcome = number | Reply | Error;

/** Answers one outcome after the other; the last one stays. */
function script(...outcomes: Outcome[]): Next & { readonly calls: Call[] } {
  const calls: Call[] = [];
  const next = async (call: Call) => {
    calls.push(call);
    const outcome = outcomes[Math.min(calls.length, outcomes.length) - 1] as Outcome;
    if (outcome instanceof Error) throw outcome;
    return typeof outcome === "number" ? createReply(outcome) : outcome;
  };
  return Object.assign(next, { calls });
}

interface Parts {
  readonly facts?: ProviderProfile["retry"];
  readonly budget?: RetryBudget;
  readonly clock?: Clock;
  readonly random?: Random;
}

function setUp({ facts, budget = createRetryBudget(), clock, random = seededRandom(1) }: Parts = {}) {
  const instant = instantClock();
  return { clock: instant, policy: retry(judgeOf(facts), budget, clock ?? instant, random) };
}

const lost = (maybeSent = true) =>
  new NetworkError("GET /things: the connection was lost.", {
    operation: "GET /things",
    code: "ECONNRESET",
    maybeSent,
  });
const unsafe = { method: "POST", safety: "unsafe" } as const;

describe("attempts", () => {
  test("a transient failure is followed by another attempt, and the reply tells of both", async () => {
    const { policy, clock } = setUp();
    const next = script(503, 200);
    const reply = await policy.send(createCall(), next);
    expect(reply.status).toBe(200);
    expect(reply.attempts).toEqual([
      {
        number: 1,
        startedAtMs: Date.UTC(2026, 0, 1),
        durationMs: 0,
        status: 503,
        verdict: "transient",
        waitedMs: clock.waits[0],
      },
      {
        number: 2,
        startedAtMs: expect.any(Number),
        durationMs: 0,
        status: 200,
        verdict: "success",
        waitedMs: undefined,
      },
    ]);
    expect(next.calls.map((call) => call.attempt)).toEqual([1, 2]);
  });

  test("there are never more than maxAttempts, and the last answer is the caller's", async () => {
    const next = script(503);
    const reply = await setUp().policy.send(createCall({ settings: { maxAttempts: 4 } }), next);
    expect(reply.status).toBe(503);
    expect(reply.attempts).toHaveLength(4);
    expect(next.calls).toHaveLength(4);
  });

  test("what would fail again is not sent again", async () => {
    const next = script(404);
    await setUp().policy.send(createCall(), next);
    expect(next.calls).toHaveLength(1);
  });

  test("an error that is not about the answer is thrown as it is, at once", async () => {
    const mistake = new ConfigurationError("no");
    const next = script(mistake);
    expect(await rejection(setUp().policy.send(createCall(), next))).toBe(mistake);
    expect(next.calls).toHaveLength(1);
  });

  test("an error that was the last carries every attempt", async () => {
    const error = await rejection<NetworkError>(setUp().policy.send(createCall(), script(503, lost(), lost())));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.attempts.map(({ status }) => status)).toEqual([503, undefined, undefined]);
  });
});

describe("waits", () => {
  const after = (value: string) => createReply(429, { "retry-after": value });

  test("it waits at least as long as Retry-After asks, and a little more", async () => {
    const { policy, clock } = setUp();
    await policy.send(createCall(), script(after("7"), 200));
    expect(clock.waits).toHaveLength(1);
    expect(clock.waits[0]).toBeGreaterThan(7_000);
    expect(clock.waits[0]).toBeLessThanOrEqual(8_000);
  });

  test("R5: above maxRetryAfterMs it fails at once, with the wait still in the headers", async () => {
    const { policy, clock } = setUp();
    const next = script(after("61"));
    expect((await policy.send(createCall(), next)).headers.get("retry-after")).toBe("61");
    expect(next.calls).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  test("R5: a wait that would outlive the deadline is not begun", async () => {
    const { policy, clock } = setUp();
    const next = script(after("7"), 200);
    const reply = await policy.send(createCall({ deadline: { atMs: 6_000, allowedMs: 6_000 } }), next);
    expect(reply.status).toBe(429);
    expect(clock.waits).toEqual([]);
  });

  test("R8: no attempt starts after the deadline", async () => {
    const random = seededRandom(8);
    for (let i = 0; i < 1_000; i += 1) {
      const { policy, clock } = setUp({ random });
      const atMs = random() * 3_000;
      const started: number[] = [];
      const call = createCall({ deadline: { atMs, allowedMs: atMs }, settings: { maxAttempts: 10 } });
      await policy.send(call, async () => {
        started.push(clock.monotonic());
        await clock.sleep(random() * 100);
        return createReply(random() < 0.5 ? 503 : 429);
      });
      expect(Math.max(...started)).toBeLessThanOrEqual(atMs);
    }
  });

  test("R9: an abort during backoff is thrown as the signal's reason", async () => {
    const controller = new AbortController();
    const { policy, clock } = setUp({
      clock: {
        ...instantClock(),
        async sleep(_, signal) {
          controller.abort("enough");
          signal?.throwIfAborted();
        },
      },
    });
    const next = script(503, 200);
    const error = await rejection(policy.send(createCall({ signal: controller.signal }), next));
    expect(error).toBe("enough");
    expect(next.calls).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });
});

describe("R6: safety", () => {
  test.each(["safe", "idempotent", "keyed"] as const)(
    "a %s call is sent again when its answer is lost",
    async (safety) => {
      const next = script(lost(), 500, 200);
      const reply = await setUp().policy.send(createCall({ operation: { safety } }), next);
      expect(reply.status).toBe(200);
      expect(next.calls).toHaveLength(3);
    },
  );

  test("an unsafe write whose answer is lost is OutcomeUnknownError, after one request", async () => {
    const next = script(lost());
    const error = await rejection<OutcomeUnknownError>(setUp().policy.send(createCall({ operation: unsafe }), next));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error.cause).toBeInstanceOf(NetworkError);
    expect(error.attempts).toHaveLength(1);
    expect(error.message).toMatch(/POST \/things.*may have been applied/);
    expect(next.calls).toHaveLength(1);
  });

  test("so is one that timed out on its way; one that timed out before it was sent is a TimeoutError", async () => {
    const timedOut = (maybeSent: boolean) => {
      const error = new TimeoutError("", { operation: "POST /things", limit: "deadline", limitMs: 1 });
      error.maybeSent = maybeSent;
      return error;
    };
    const send = (error: Error) => rejection(setUp().policy.send(createCall({ operation: unsafe }), script(error)));
    expect(await send(timedOut(true))).toBeInstanceOf(OutcomeUnknownError);
    expect(await send(timedOut(false))).toBeInstanceOf(TimeoutError);
  });

  test("an unsafe write that got a 5xx is not sent again", async () => {
    const next = script(500, 200);
    expect((await setUp().policy.send(createCall({ operation: unsafe }), next)).status).toBe(500);
    expect(next.calls).toHaveLength(1);
  });

  test.each([
    ["refused before it was sent", lost(false)],
    ["throttled", 429],
  ] as const)("an unsafe write that was %s is sent again", async (_, outcome) => {
    const next = script(outcome, 200);
    expect((await setUp().policy.send(createCall({ operation: unsafe }), next)).status).toBe(200);
    expect(next.calls).toHaveLength(2);
  });

  test("so is one that the profile marks as not applied", async () => {
    const facts = { rules: [{ when: { status: 503 }, verdict: "transient", notApplied: true }] } as const;
    const next = script(503, 200);
    expect((await setUp({ facts }).policy.send(createCall({ operation: unsafe }), next)).status).toBe(200);
  });
});

test("R7: a body that is a stream is never sent twice, and its own error is thrown", async () => {
  const body = { kind: "one-shot", contentType: undefined, data: new ReadableStream<Uint8Array>() } as const;
  const error = lost();
  const next = script(error, 200);
  expect(await rejection(setUp().policy.send(createCall({ body }), next))).toBe(error);
  const throttled = script(429, 200);
  expect((await setUp().policy.send(createCall({ body }), throttled)).status).toBe(429);
  const refused = script(401, 200);
  const tenant = createTenant("t", true);
  expect((await setUp().policy.send(createCall({ body, tenant }), refused)).status).toBe(401);
  expect([next, throttled, refused].map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
});

describe("a refused credential", () => {
  const tenant = createTenant("tenant-1", true);
  const none: RetryBudget = { take: () => false, refund: () => {} };

  test("is refreshed once, outside maxAttempts and the budget, even for an unsafe write", async () => {
    const { policy, clock } = setUp({ budget: none });
    const next = script(401, 200);
    const reply = await policy.send(createCall({ tenant, operation: unsafe, settings: { maxAttempts: 1 } }), next);
    expect(reply.status).toBe(200);
    expect(next.calls.map((call) => call.refreshCredential)).toEqual([false, true]);
    expect(reply.attempts.map(({ verdict, waitedMs }) => [verdict, waitedMs])).toEqual([
      ["reauthenticate", 0],
      ["success", undefined],
    ]);
    expect(clock.waits).toEqual([]);
  });

  test("is not refreshed a second time", async () => {
    const next = script(401, 401, 200);
    expect((await setUp().policy.send(createCall({ tenant }), next)).status).toBe(401);
    expect(next.calls).toHaveLength(2);
  });

  test("is not refreshed a second time either when a failure stands between", async () => {
    const next = script(401, 503, 401, 200);
    expect((await setUp().policy.send(createCall({ tenant }), next)).status).toBe(401);
    expect(next.calls.map((call) => call.refreshCredential)).toEqual([false, true, false]);
  });

  test("is not refreshed where its source is a fixed value", async () => {
    const next = script(401, 200);
    expect((await setUp().policy.send(createCall(), next)).status).toBe(401);
    expect(next.calls).toHaveLength(1);
  });

  test("leaves the whole of maxAttempts to the failures around it", async () => {
    const next = script(503, 401, 503, 200);
    expect((await setUp().policy.send(createCall({ tenant }), next)).status).toBe(200);
  });
});

describe("budget", () => {
  /** Sends calls that each fail with the given chance, and counts what went over the wire. */
  async function load(calls: number, failing: number, budget = createRetryBudget()) {
    const random = seededRandom(2);
    const { policy } = setUp({ budget, random });
    let requests = 0;
    let succeeded = 0;
    for (let i = 0; i < calls; i += 1) {
      const reply = await policy.send(createCall(), async () => {
        requests += 1;
        return createReply(random() < failing ? 503 : 200);
      });
      if (reply.status === 200) succeeded += 1;
    }
    return { amplification: requests / calls, success: succeeded / calls };
  }
  const unlimited: RetryBudget = { take: () => true, refund: () => {} };

  test("R1: 20,000 calls to a provider that is down send at most 1.01 requests each; without a budget, 3", async () => {
    expect((await load(20_000, 1)).amplification).toBeLessThanOrEqual(1.01);
    expect((await load(1_000, 1, unlimited)).amplification).toBe(3);
  });

  test("R2: 20,000 calls of which 30 % fail send at most 1.20 requests each; of which 50 % fail, 1.10", async () => {
    expect((await load(20_000, 0.3)).amplification).toBeLessThanOrEqual(1.2);
    expect((await load(20_000, 0.5)).amplification).toBeLessThanOrEqual(1.1);
  });

  test("R2: of 20,000 calls with 10 % failures, 99.8 % succeed", async () => {
    expect((await load(20_000, 0.1)).success).toBeGreaterThanOrEqual(0.998);
  });

  test("R3: a tenant or origin that is down leaves the others their retries", async () => {
    const budget = createRetryBudget();
    const { policy } = setUp({ budget });
    for (let i = 0; i < 100; i += 1) await policy.send(createCall(), script(503));
    const other = createTenant("tenant-2");
    const elsewhere = { baseUrl: "https://files.acme.test" };
    const attempts = async (call: Call) => (await policy.send(call, script(503, 200))).attempts.length;
    expect(await attempts(createCall())).toBe(1);
    expect(await attempts(createCall({ tenant: other }))).toBe(2);
    expect(await attempts(createCall({ operation: elsewhere }))).toBe(2);
  });
});
