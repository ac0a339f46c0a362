import { describe, expect, test } from "vitest";
import { createCall, createTenant, rejection } from "../../test/call.js";
import { lost, retryOf, script, unsafe } from "../../test/retry.js";
import { NetworkError, OutcomeUnknownError, TimeoutError } from "../errors/call-errors.js";

describe("R6: safety", () => {
  test.each(["safe", "idempotent", "idempotent-with-key"] as const)(
    "a %s call is sent again when its response is lost",
    async (safety) => {
      const next = script(lost(), 500, 200);
      const reply = await retryOf().policy.send(createCall({ operation: { safety } }), next);
      expect(reply.status).toBe(200);
      expect(next.calls).toHaveLength(3);
    },
  );

  test("an unsafe write whose response is lost throws an OutcomeUnknownError after one request", async () => {
    const next = script(lost());
    const error = await rejection<OutcomeUnknownError>(retryOf().policy.send(createCall({ operation: unsafe }), next));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error.cause).toBeInstanceOf(NetworkError);
    expect(error.attempts).toHaveLength(1);
    expect(error.message).toMatch(/may have been applied: check before you send it again/);
    expect(next.calls).toHaveLength(1);
  });

  test("an unsafe write that timed out throws an OutcomeUnknownError if it may have been sent, and else a TimeoutError", async () => {
    const createTimeout = (maybeSent: boolean) => {
      const error = new TimeoutError("", { operation: "POST /things", limit: "deadline", limitMs: 1 });
      error.maybeSent = maybeSent;
      return error;
    };
    const send = (error: Error) => rejection(retryOf().policy.send(createCall({ operation: unsafe }), script(error)));
    expect(await send(createTimeout(true))).toBeInstanceOf(OutcomeUnknownError);
    expect(await send(createTimeout(false))).toBeInstanceOf(TimeoutError);
  });

  test("an unsafe write that got a 5xx is not sent again", async () => {
    const next = script(500, 200);
    expect((await retryOf().policy.send(createCall({ operation: unsafe }), next)).status).toBe(500);
    expect(next.calls).toHaveLength(1);
  });

  test.each([
    ["refused before it was sent", lost(false)],
    ["throttled", 429],
  ] as const)("an unsafe write that was %s is sent again", async (_, outcome) => {
    const next = script(outcome, 200);
    expect((await retryOf().policy.send(createCall({ operation: unsafe }), next)).status).toBe(200);
    expect(next.calls).toHaveLength(2);
  });

  test("an unsafe write is sent again where a rule of the profile says that it was not applied", async () => {
    const facts = { rules: [{ when: { status: 503 }, verdict: "transient", notApplied: true }] } as const;
    const next = script(503, 200);
    expect((await retryOf({ facts }).policy.send(createCall({ operation: unsafe }), next)).status).toBe(200);
  });
});

test("R7: a request whose body is a stream is sent once, and the call ends with its error or response", async () => {
  const body = { kind: "one-shot", contentType: undefined, data: new ReadableStream<Uint8Array>() } as const;
  const error = lost();
  const next = script(error, 200);
  expect(await rejection(retryOf().policy.send(createCall({ body }), next))).toBe(error);
  const throttled = script(429, 200);
  expect((await retryOf().policy.send(createCall({ body }), throttled)).status).toBe(429);
  const refused = script(401, 200);
  const tenant = createTenant("t", true);
  expect((await retryOf().policy.send(createCall({ body, tenant }), refused)).status).toBe(401);
  expect([next, throttled, refused].map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
});
