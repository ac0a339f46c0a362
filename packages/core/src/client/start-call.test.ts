import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type FakeClock, fakeClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme, wire } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { heldBytes } from "../../test/heap.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { OutcomeUnknownError, TimeoutError } from "../errors/call-errors.js";
import type { Transport } from "../transport/transport.js";
import { toFetch } from "./fetch/to-fetch.js";

const poll = (read: () => unknown, want: unknown) => expect.poll(read).toEqual(want);

interface ThousandCalls {
  readonly acme: ReturnType<typeof createAcme>;
  readonly clock: FakeClock;
  readonly random: () => number;
  /** Receives the deadline of each call, by the value of its header `x-call`. */
  readonly endsAtMs: Map<string, number>;
  /** By how much the clock advances at a time. */
  readonly stepMs: number;
}

/** Makes 1,000 calls with random deadlines, eight at a time, and returns how late each ended, and how many ended in which way. */
async function callThousandTimes({ acme, clock, random, endsAtMs, stepMs }: ThousandCalls) {
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
  while (overrunMs.length < 1_000) await clock.advance(stepMs);
  await callers;
  return { overrunMs, outcomes };
}

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
    // The pause after a 429 would end most of the calls before they are sent.
    const acme = createAcme({ fetch, clock, random, concurrency: 5, auth, rateLimit: false });
    const { overrunMs, outcomes } = await callThousandTimes({ acme, clock, random, endsAtMs, stepMs: 10 });
    expect(Math.max(...overrunMs)).toBeLessThanOrEqual(10);
    expect(lateAttempts).toEqual([]);
    // Calls of every kind were made, and many of them met their deadline.
    expect(outcomes.TimeoutError).toBeGreaterThan(100);
    expect(outcomes.success).toBeGreaterThan(100);
    expect(Object.keys(outcomes).length).toBeGreaterThan(3);
  });

  test("ends 1,000 calls over real connections within 10 ms of it on a fake clock, and nothing is sent after it", async () => {
    const random = seededRandom(8);
    const clock = fakeClock();
    const faults = [
      { kind: "stall", after: "request" },
      { kind: "stall", after: "half-body" },
      { kind: "response", status: 503 },
      { kind: "response", status: 429, headers: { "retry-after-ms": "15" } },
      { kind: "reset", after: "request" },
      undefined,
      undefined,
    ] as const;
    const server = await serve(() => faults[Math.floor(random() * faults.length)]);
    const endsAtMs = new Map<string, number>();
    const lateAttempts: string[] = [];
    let attempts = 0;
    const transport: Transport = (call) => {
      const id = call.headers["x-call"] ?? "";
      attempts += 1;
      if (!call.signal.aborted && clock.monotonic() >= (endsAtMs.get(id) ?? 0)) lateAttempts.push(id);
      return wire.transport(call);
    };
    const auth = () => clock.sleep(random() * 15).then(() => "key");
    const acme = createAcme({ baseUrl: server.url, transport, clock, random, concurrency: 5, auth, rateLimit: false });
    // Each millisecond takes some turns of the event loop, in which the server, in the same process, responds.
    const { overrunMs, outcomes } = await callThousandTimes({ acme, clock, random, endsAtMs, stepMs: 1 });
    expect(Math.max(...overrunMs)).toBeLessThanOrEqual(10);
    expect(lateAttempts).toEqual([]);
    expect(outcomes.TimeoutError).toBeGreaterThan(100);
    expect(outcomes.success).toBeGreaterThan(100);
    expect(Object.keys(outcomes).length).toBeGreaterThan(3);
    const attemptsBefore = attempts;
    expect(server.requests.length).toBeGreaterThan(500);
    expect(server.requests.length).toBeLessThanOrEqual(attempts);
    // Longer than any backoff.
    await clock.advance(600_000);
    expect(attempts).toBe(attemptsBefore);
  });

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
  });

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
