import { instantClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createCall, createReply, createTenant, rejection } from "../../test/call.js";
import { lost, retryOf, script, unsafe } from "../../test/retry.js";
import { type CallError, CircuitOpenError, NetworkError, QuotaExceededError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { RetryBudget } from "../retry/retry-budget.js";

describe("attempts", () => {
  test("a transient failure is followed by another attempt, and the reply lists both", async () => {
    const { policy, clock } = retryOf();
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

  test("a call has at most maxAttempts attempts, and returns the last response", async () => {
    const next = script(503);
    const reply = await retryOf().policy.send(createCall({ settings: { maxAttempts: 4 } }), next);
    expect(reply.status).toBe(503);
    expect(reply.attempts).toHaveLength(4);
    expect(next.calls).toHaveLength(4);
  });

  test("a call that fails with a 404 is not sent again", async () => {
    const next = script(404);
    await retryOf().policy.send(createCall(), next);
    expect(next.calls).toHaveLength(1);
  });

  test("a ConfigurationError is thrown unchanged after one attempt", async () => {
    const mistake = new ConfigurationError("no");
    const next = script(mistake);
    expect(await rejection(retryOf().policy.send(createCall(), next))).toBe(mistake);
    expect(next.calls).toHaveLength(1);
  });

  test("the error of the last attempt lists all attempts", async () => {
    const error = await rejection<NetworkError>(retryOf().policy.send(createCall(), script(503, lost(), lost())));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.attempts.map(({ status }) => status)).toEqual([503, undefined, undefined]);
  });
});

describe("a call that was never sent has no attempts", () => {
  const operation = "GET /things";

  test.each([
    ["a limit holds it back", new QuotaExceededError("later.", { operation, retryAfterMs: 1 })],
    ["the circuit is open", new CircuitOpenError("open.", { operation, retryAfterMs: 1 })],
    [
      "a certificate is not trusted",
      new NetworkError("no.", { operation, code: "X", maybeSent: false, isRejected: true }),
    ],
  ])("%s", async (_, thrown) => {
    const next = script(thrown);
    const error = await rejection<CallError>(retryOf().policy.send(createCall(), next));
    expect([error.attempts, next.calls.length]).toEqual([[], 1]);
  });

  test("one that failed to connect has one for each time that it tried", async () => {
    const refused = new NetworkError("no.", { operation, code: "ECONNREFUSED", maybeSent: false });
    const error = await rejection<CallError>(retryOf().policy.send(createCall(), script(refused)));
    expect(error.attempts).toHaveLength(3);
  });

  test("one that is held back after an attempt has that one", async () => {
    const late = new QuotaExceededError("later.", { operation, retryAfterMs: 1 });
    const error = await rejection<CallError>(retryOf().policy.send(createCall(), script(503, late)));
    expect(error.attempts.map(({ status }) => status)).toEqual([503]);
  });
});

describe("waits", () => {
  const after = (value: string) => createReply(429, { "retry-after": value });

  test("the wait is longer than Retry-After asks, by at most a second", async () => {
    const { policy, clock } = retryOf();
    await policy.send(createCall(), script(after("7"), 200));
    expect(clock.waits).toHaveLength(1);
    expect(clock.waits[0]).toBeGreaterThan(7_000);
    expect(clock.waits[0]).toBeLessThanOrEqual(8_000);
  });

  test("R5: a response with a Retry-After above maxRetryAfterMs is returned at once, with its headers", async () => {
    const { policy, clock } = retryOf();
    const next = script(after("61"));
    expect((await policy.send(createCall(), next)).headers.get("retry-after")).toBe("61");
    expect(next.calls).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  test("R5: a call does not wait for an attempt that would start after its deadline", async () => {
    const { policy, clock } = retryOf();
    const next = script(after("7"), 200);
    const reply = await policy.send(createCall({ deadline: { atMs: 6_000, allowedMs: 6_000 } }), next);
    expect(reply.status).toBe(429);
    expect(clock.waits).toEqual([]);
  });

  test("R8: no attempt starts after the deadline", async () => {
    const random = seededRandom(8);
    for (let i = 0; i < 1_000; i += 1) {
      const { policy, clock } = retryOf({ random });
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

  test("R9: an abort during the backoff rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const { policy, clock } = retryOf({
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

describe("a credential that gets a 401", () => {
  const tenant = createTenant("tenant-1", true);
  const none: RetryBudget = { take: () => false, refund: () => {} };

  test("is refreshed once, outside maxAttempts and the budget, even for an unsafe write", async () => {
    const { policy, clock } = retryOf({ budget: none });
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
    expect((await retryOf().policy.send(createCall({ tenant }), next)).status).toBe(401);
    expect(next.calls).toHaveLength(2);
  });

  test("is not refreshed a second time, also where another failure comes between", async () => {
    const next = script(401, 503, 401, 200);
    expect((await retryOf().policy.send(createCall({ tenant }), next)).status).toBe(401);
    expect(next.calls.map((call) => call.refreshCredential)).toEqual([false, true, false]);
  });

  test("is not refreshed where it is a fixed value", async () => {
    const next = script(401, 200);
    expect((await retryOf().policy.send(createCall(), next)).status).toBe(401);
    expect(next.calls).toHaveLength(1);
  });

  test("is refreshed in addition to the maxAttempts attempts of other failures", async () => {
    const next = script(503, 401, 503, 200);
    expect((await retryOf().policy.send(createCall({ tenant }), next)).status).toBe(200);
  });
});
