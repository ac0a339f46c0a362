import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall, createReply, rejection } from "../../test/call.js";
import { TimeoutError } from "../errors/call-errors.js";
import type { Next } from "../pipeline/policy.js";
import { timeout } from "./timeout.js";

/** Never settles, and rejects with the reason of its signal. */
const silent: Next = (call) =>
  new Promise((_, reject) => call.signal.addEventListener("abort", () => reject(call.signal.reason)));

test("an attempt that takes longer than attemptTimeoutMs ends with a TimeoutError", async () => {
  const clock = fakeClock();
  const error = rejection<TimeoutError>(
    timeout(clock).send(createCall({ settings: { attemptTimeoutMs: 500 } }), silent),
  );
  await clock.advance(499);
  expect(clock.pendingTimers).toBe(1);
  await clock.advance(1);
  expect(await error).toBeInstanceOf(TimeoutError);
  expect(await error).toMatchObject({ limit: "attempt", limitMs: 500, operation: "GET /things" });
  expect((await error).message).toBe("GET /things: attempt timed out after 500 ms (attemptTimeoutMs).");
});

test("an abort of the call rejects its attempt with the signal's reason", async () => {
  const controller = new AbortController();
  const error = rejection(timeout(fakeClock()).send(createCall({ signal: controller.signal }), silent));
  controller.abort("enough");
  expect(await error).toBe("enough");
});

test("a call that is already aborted is not sent", async () => {
  const call = createCall({ signal: AbortSignal.abort("before") });
  let sent = false;
  const next: Next = async () => {
    sent = true;
    return createReply();
  };
  expect(await rejection(timeout(fakeClock()).send(call, next))).toBe("before");
  expect(sent).toBe(false);
});

test("R8: no attempt starts after the deadline, even where its timer is late", async () => {
  const clock = fakeClock();
  await clock.advance(1_000);
  let sent = false;
  const error = await rejection<TimeoutError>(
    timeout(clock).send(createCall({ deadline: { atMs: 1_000, allowedMs: 1_000 } }), async () => {
      sent = true;
      return createReply();
    }),
  );
  expect(error).toMatchObject({ name: "TimeoutError", limit: "deadline", limitMs: 1_000 });
  expect(sent).toBe(false);
});

test("an attempt that ignores its signal ends with a TimeoutError, too, which says that it may have been sent", async () => {
  const clock = fakeClock();
  const error = rejection<TimeoutError>(
    timeout(clock).send(createCall({ settings: { attemptTimeoutMs: 500 } }), () => new Promise(() => {})),
  );
  await clock.advance(520);
  expect(await error).toMatchObject({ limit: "attempt", maybeSent: true });
});

test("an attempt that has ended leaves no timer", async () => {
  const clock = fakeClock();
  await timeout(clock).send(createCall(), async () => createReply());
  await rejection(
    timeout(clock).send(createCall(), async () => {
      throw new Error("lost");
    }),
  );
  expect(clock.pendingTimers).toBe(0);
});

test("attemptTimeoutMs applies to the headers of a stream only, and an abort of the call reaches the stream", async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  let attempt: AbortSignal | undefined;
  const reply = await timeout(clock).send(createCall({ signal: controller.signal }), async ({ signal }) => {
    attempt = signal;
    return { ...createReply(), body: new ReadableStream(), ended: new Promise<number>(() => {}) };
  });
  await clock.advance(100_000);
  expect(attempt?.aborted).toBe(false);
  controller.abort("enough");
  expect(attempt?.reason).toBe("enough");
  expect(reply.status).toBe(200);
});
