import { type FakeClock, fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createCall, createReply, rejection } from "../../test/call.js";
import { heldBytes } from "../../test/heap.js";
import type { TimeoutError } from "../errors/call-errors.js";
import type { Clock } from "../platform/clock.js";
import type { Reply } from "./reply.js";
import { type TimeLimit, withTimeout } from "./with-timeout.js";

const { operation } = createCall();

/** Never settles by itself, and rejects with the reason of its signal, as a transport does. */
const silent = (signal: AbortSignal) =>
  new Promise<Reply>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

function limited(
  limit: TimeLimit["limit"],
  limitMs: number,
  {
    clock,
    signal,
    run = silent,
  }: { clock: Clock; signal?: AbortSignal; run?: (signal: AbortSignal) => Promise<Reply> },
) {
  return withTimeout({ operation, limit, limitMs, signal }, clock, run);
}

/** An attempt under the limit of its call. */
const nested = (clock: FakeClock, [deadlineMs, attemptMs]: readonly [number, number], run = silent) =>
  limited("deadline", deadlineMs, { clock, run: (signal) => limited("attempt", attemptMs, { clock, signal, run }) });

describe("an attempt and its call", () => {
  test("have one timer, and leave none", async () => {
    const clock = fakeClock();
    let respond = (_: Reply) => {};
    const reply = nested(clock, [2_000, 500], () => new Promise((resolve) => (respond = resolve)));
    expect(clock.pendingTimers).toBe(1);
    respond(createReply());
    expect((await reply).status).toBe(200);
    expect(clock.pendingTimers).toBe(0);
  });

  test.each([
    [2_000, 500, "attempt"],
    [500, 2_000, "deadline"],
    [500, 500, "deadline"],
  ])("of %d and %d ms end by the %s", async (deadlineMs, attemptMs, limit) => {
    const clock = fakeClock();
    const error = rejection<TimeoutError>(nested(clock, [deadlineMs, attemptMs]));
    await clock.advance(499);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(1);
    expect(await error).toMatchObject({ limit, limitMs: 500 });
    expect(clock.pendingTimers).toBe(0);
  });

  test("end by the deadline after an attempt that failed, or that succeeded while the call goes on", async () => {
    for (const first of [() => Promise.reject(new Error("lost")), async () => createReply()]) {
      const clock = fakeClock();
      const call = limited("deadline", 2_000, {
        clock,
        run: async (signal) => {
          await limited("attempt", 500, { clock, signal, run: first }).catch(() => {});
          return silent(signal);
        },
      });
      const error = rejection<TimeoutError>(call);
      await clock.advance(1_999);
      expect(clock.pendingTimers).toBe(1);
      await clock.advance(1);
      expect(await error).toMatchObject({ limit: "deadline", limitMs: 2_000 });
      expect(clock.pendingTimers).toBe(0);
    }
  });

  test("have limits of their own for each attempt", async () => {
    const clock = fakeClock();
    const errors: unknown[] = [];
    const call = limited("deadline", 2_000, {
      clock,
      run: async (signal) => {
        for (let attempt = 1; attempt <= 2; attempt += 1)
          errors.push(await rejection(limited("attempt", 500, { clock, signal })));
        return createReply();
      },
    });
    await clock.advance(500);
    expect(errors).toHaveLength(1);
    await clock.advance(499);
    expect(errors).toHaveLength(1);
    await clock.advance(1);
    expect(errors).toMatchObject([{ limit: "attempt" }, { limit: "attempt" }]);
    expect((await call).status).toBe(200);
    expect(clock.pendingTimers).toBe(0);
  });

  test("end at once where the caller aborts, also where two attempts are under way", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const seen: unknown[] = [];
    const attempt = (signal: AbortSignal) =>
      limited("attempt", 500, { clock, signal }).catch((error: unknown) => {
        seen.push(error);
        throw error;
      });
    const error = rejection(
      limited("deadline", 2_000, {
        clock,
        signal: controller.signal,
        run: (signal) => Promise.race([attempt(signal), attempt(signal)]),
      }),
    );
    controller.abort("enough");
    expect(await error).toBe("enough");
    expect(seen).toEqual(["enough", "enough"]);
    expect(clock.pendingTimers).toBe(0);
  });

  test("keep the limit of the attempt where the call ends before it", async () => {
    const clock = fakeClock();
    let attempt: Promise<Error> | undefined;
    await limited("deadline", 2_000, {
      clock,
      run: async (signal) => {
        attempt = rejection(limited("attempt", 500, { clock, signal }));
        return createReply();
      },
    });
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(500);
    expect(await attempt).toMatchObject({ limit: "attempt", limitMs: 500 });
    expect(clock.pendingTimers).toBe(0);
  });

  test("are not kept by their signals, which platforms keep for a while", async () => {
    const clock = fakeClock();
    const signals: AbortSignal[] = [];
    const results: WeakRef<Reply>[] = [];
    for (let call = 0; call < 20; call += 1) {
      const reply = await limited("deadline", 2_000, {
        clock,
        run: (signal) => {
          signals.push(signal);
          const run = async (own: AbortSignal) => {
            signals.push(own);
            return createReply();
          };
          return limited("attempt", 500, { clock, signal, run });
        },
      });
      results.push(new WeakRef(reply));
    }
    // The platform lets go of what a WeakRef was made of in the same turn of the event loop.
    await new Promise(setImmediate);
    heldBytes();
    expect(signals).toHaveLength(40);
    expect(results.filter((result) => result.deref() !== undefined).length).toBeLessThan(2);
  });

  test("reach a stream that outlives the attempt by the abort of the call alone", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    let body: AbortSignal | undefined;
    const call = limited("deadline", 2_000, {
      clock,
      signal: controller.signal,
      run: (signal) =>
        limited("attempt", 500, {
          clock,
          signal,
          run: async (own) => {
            body = own;
            return { ...createReply(), body: new ReadableStream(), ended: new Promise<number>(() => {}) };
          },
        }),
    });
    await call;
    await clock.advance(10_000);
    expect(body?.aborted).toBe(false);
    expect(clock.pendingTimers).toBe(0);
    controller.abort("enough");
    expect(body?.reason).toBe("enough");
  });
});
