import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fakeClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { heldBytes } from "../../test/heap.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { OutcomeUnknownError, TimeoutError } from "../errors/call-errors.js";
import { toFetch } from "./fetch/to-fetch.js";

const poll = (read: () => unknown, want: unknown) => expect.poll(read, { timeout: 10_000, interval: 1 }).toEqual(want);

describe("R8: the deadline", () => {
  test("ends 1,000 calls of every kind within 10 ms of it on a fake clock, and no attempt starts after it", async () => {
    const random = seededRandom(8);
    const clock = fakeClock();
    const endsAtMs = new Map<string, number>();
    const lateAttempts: string[] = [];
    const responses: readonly (() => Response | Promise<Response>)[] = [
      () => new Promise(() => {}),
      () => new Response(new ReadableStream()),
      () => clock.sleep(random() * 80).then(() => Response.json({})),
      () => new Response(null, { status: 503 }),
      () => new Response(null, { status: 429, headers: { "retry-after-ms": "15" } }),
      () => Promise.reject(new TypeError("fetch failed")),
      () => Response.json({}),
    ];
    const { fetch } = stubFetch(({ headers }) => {
      const id = headers.get("x-call") ?? "";
      if (clock.monotonic() >= (endsAtMs.get(id) ?? 0)) lateAttempts.push(id);
      return responses[Math.floor(random() * responses.length)]!();
    });
    const auth = () => clock.sleep(random() * 15).then(() => "key");
    const acme = createAcme({ fetch, clock, random, concurrency: 5, auth });
    const overrunMs: number[] = [];
    const outcomes: Record<string, number> = {};
    const callOnce = async (id: string) => {
      const deadlineMs = 5 + random() * 45;
      endsAtMs.set(id, clock.monotonic() + deadlineMs);
      const { error } = await acme.safe.GET("/things", { deadlineMs, maxAttempts: 10, headers: { "x-call": id } });
      overrunMs.push(clock.monotonic() - endsAtMs.get(id)!);
      const name = error?.name ?? "success";
      outcomes[name] = (outcomes[name] ?? 0) + 1;
    };
    let next = 0;
    const callRepeatedly = async () => {
      while (next < 1_000) await callOnce(String(next++));
    };
    const callers = Promise.all(Array.from({ length: 8 }, callRepeatedly));
    while (overrunMs.length < 1_000) await clock.advance(10);
    await callers;
    expect(Math.max(...overrunMs)).toBeLessThanOrEqual(10);
    expect(lateAttempts).toEqual([]);
    // Calls of every kind were made, and many of them met their deadline.
    expect(outcomes.TimeoutError).toBeGreaterThan(100);
    expect(outcomes.success).toBeGreaterThan(100);
    expect(Object.keys(outcomes).length).toBeGreaterThan(3);
  }, 30_000);

  test("is a TimeoutError that names operation and limit", async () => {
    const clock = fakeClock();
    const server = await serve([{ kind: "stall", after: "request" }]);
    const error = rejection<TimeoutError>(
      createAcme({ baseUrl: server.url, clock }).GET("/things", { deadlineMs: 30 }),
    );
    await poll(() => server.requests.length, 1);
    await clock.advance(30);
    expect(await error).toBeInstanceOf(TimeoutError);
    expect(await error).toMatchObject({ limit: "deadline", limitMs: 30, attempts: [{ number: 1 }] });
    expect((await error).message).toBe("GET /things: call timed out after 30 ms (deadlineMs).");
  });

  test("ends a call whose credential function ignores the signal at most 10 ms later", async () => {
    const clock = fakeClock();
    const acme = createAcme({ auth: () => new Promise<string>(() => {}), clock });
    const error = rejection(acme.GET("/things", { deadlineMs: 30 }));
    await clock.advance(40);
    expect(clock.pendingTimers).toBe(0);
    expect(await error).toBeInstanceOf(TimeoutError);
  });

  test("R6: the deadline of an unsafe write that was sent is an OutcomeUnknownError", async () => {
    const clock = fakeClock();
    const server = await serve([{ kind: "stall", after: "request" }]);
    const acme = createAcme({ baseUrl: server.url, clock });
    const error = rejection(acme.PATCH("/things", { body: {}, deadlineMs: 30 }));
    await poll(() => server.requests.length, 1);
    await clock.advance(30);
    expect(await error).toBeInstanceOf(OutcomeUnknownError);
  });

  test("may be Infinity", async () => {
    const { fetch } = stubFetch();
    const { response } = await createAcme({ fetch }).GET("/things", { deadlineMs: Number.POSITIVE_INFINITY });
    expect(response.status).toBe(200);
  });
});

describe("R10: a long-lived signal", () => {
  const recordWarnings = () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    return { warnings, stop: () => void process.off("warning", onWarning) };
  };

  test("serves 100,000 calls without a warning, a remaining listener, or 5 MB more heap", async () => {
    const { warnings, stop } = recordWarnings();
    const acme = createAcme({ fetch: async () => new Response("{}") });
    const { signal } = new AbortController();
    const run = async (calls: number) => {
      for (let i = 0; i < calls; i += 100)
        await Promise.all(Array.from({ length: 100 }, () => acme.GET("/things", { signal })));
    };
    await run(5_000);
    const before = heldBytes();
    await run(100_000);
    await nextTurn();
    expect((heldBytes() - before) / 2 ** 20).toBeLessThan(5);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    stop();
    expect(warnings).toEqual([]);
  }, 120_000);

  test("serves calls over real connections, successful or not, without a warning or a remaining listener", async () => {
    const { warnings, stop } = recordWarnings();
    let count = 0;
    const server = await serve(() => (++count % 10 === 0 ? { kind: "response", status: 404 } : undefined));
    const acme = createAcme({ baseUrl: server.url });
    const { signal } = new AbortController();
    for (let i = 0; i < 10; i += 1) {
      await Promise.all(Array.from({ length: 50 }, () => acme.safe.GET("/things", { signal })));
      await toFetch(acme)("/things", { signal });
    }
    await poll(() => getEventListeners(signal, "abort"), []);
    stop();
    expect(warnings).toEqual([]);
  });
});
