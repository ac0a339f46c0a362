import { fakeClock } from "@connectry/testing";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { type StubbedRequest, stubFetch } from "../../test/stub-fetch.js";
import type { ProviderProfile, Result } from "../index.js";
import { poll } from "./index.js";

interface Report {
  readonly id: string;
  readonly status: "pending" | "succeeded" | "failed";
}

const ended = ({ status }: Report) => status !== "pending";
const report = (status: Report["status"], headers = {}) => Response.json({ id: "r1", status }, { headers });

/** A provider whose report has these statuses, one after the other, and the calls that poll it. */
function reporting(
  statuses: readonly Report["status"][],
  { profile = {}, headers = {} as Record<string, string> } = {},
) {
  const clock = fakeClock();
  const at: number[] = [];
  let reads = 0;
  const { fetch, requests } = stubFetch(({ method }) => {
    at.push(clock.monotonic());
    if (method === "POST") return report("pending", headers);
    reads += 1;
    return report(statuses[reads - 1] ?? "pending", headers);
  });
  const acme = createAcme({ fetch, clock, maxAttempts: 1 }, profile);
  const calls = {
    start: (init: object) => acme.POST("/reports", { body: { kind: "x" }, ...init }) as Promise<Result<Report>>,
    read: (id: string, init: object) =>
      acme.GET("/reports/{id}", { params: { path: { id } }, ...init }) as Promise<Result<Report>>,
    until: ended,
  };
  const sent = () => requests.map(({ method, url }: StubbedRequest) => `${method} ${new URL(url).pathname}`);
  /** Moves time until something has settled. */
  const settle = async <T>(running: Promise<T>): Promise<T> => {
    let isSettled = false;
    const end = () => {
      isSettled = true;
    };
    running.then(end, end);
    while (!isSettled) await clock.advance(250);
    return running;
  };
  return { acme, calls, sent, at, clock, settle, requests };
}

test("the status is read until the work has ended: first after a second, then half as long again each time, at most every 30 s", async () => {
  const { acme, calls, sent, at, settle } = reporting([...Array(11).fill("pending"), "succeeded"]);
  const result = await settle(poll(acme, calls));
  expectTypeOf(result).toEqualTypeOf<Result<Report> & { readonly id: string }>();
  expect(result).toMatchObject({ id: "r1", data: { status: "succeeded" }, response: { status: 200 } });
  expect(sent()).toEqual(["POST /reports", ...Array(12).fill("GET /reports/r1")]);
  const waits = at.slice(1).map((time, index) => Math.round((time - (at[index] ?? 0)) / 1_000));
  expect(waits).toEqual([1, 2, 2, 3, 5, 8, 11, 17, 26, 30, 30, 30]);
});

test("a longer wait that the provider asks for is kept, from the first response on", async () => {
  const { acme, calls, at, settle } = reporting(["pending", "succeeded"], { headers: { "retry-after": "45" } });
  await settle(poll(acme, calls));
  expect(at.map((time) => Math.round((time - (at[0] ?? 0)) / 1_000))).toEqual([0, 45, 90]);
});

test("each status is reported", async () => {
  const { acme, calls, settle } = reporting(["pending", "succeeded"]);
  const onProgress = vi.fn();
  await settle(poll(acme, { ...calls, everyMs: 100, onProgress }));
  expect(onProgress.mock.calls.map(([{ id, reads, nextMs, data }]) => [id, reads, nextMs, data.status])).toEqual([
    ["r1", 1, 150, "pending"],
    ["r1", 2, undefined, "succeeded"],
  ]);
});

test("work that has failed throws, with its last status", async () => {
  const { acme, calls, settle } = reporting(["pending", "failed"]);
  const failed = ({ status }: Report) => status === "failed";
  const error = await rejection(settle(poll(acme, { ...calls, failed })));
  expect(error).toMatchObject({ name: "RunFailedError", id: "r1", data: { status: "failed" } });
});

test("what was started before is not started again", async () => {
  const { acme, calls, sent, settle } = reporting(["succeeded"]);
  await settle(poll(acme, { ...calls, id: "r7" }));
  expect(sent()).toEqual(["GET /reports/r7"]);
});

test("totalDeadlineMs ends it, and bounds the calls before", async () => {
  const { acme, calls, sent, settle } = reporting([]);
  const read = vi.fn(calls.read);
  const error = await rejection(settle(poll(acme, { ...calls, read, totalDeadlineMs: 4_000 })));
  expect(error).toMatchObject({ name: "TimeoutError", limit: "deadline", limitMs: 4_000 });
  expect(sent()).toHaveLength(3);
  expect(read.mock.lastCall?.[1]).toMatchObject({ deadlineMs: expect.any(Number) });
});

test("an abort ends it with its reason, also while it waits", async () => {
  const { acme, calls, sent, clock } = reporting([]);
  const controller = new AbortController();
  const reason = new Error("enough");
  const error = rejection(poll(acme, { ...calls, signal: controller.signal }));
  await vi.waitFor(() => expect(sent()).toHaveLength(1));
  await clock.advance(10);
  controller.abort(reason);
  expect(await error).toBe(reason);
  expect(await rejection(poll(acme, { ...calls, signal: controller.signal }))).toBe(reason);
  expect(sent()).toHaveLength(1);
});

test.each([
  [{ everyMs: 0 }, "poll: everyMs must be a positive number of milliseconds, got 0."],
  [{ store: new Map() }, "poll: store needs the name of a run, such as report-2026-11."],
  [{ interval: 5 }, "poll: unknown option `interval`"],
])("%j is refused before anything is sent", async (options, message) => {
  const { acme, calls, sent } = reporting([]);
  const error = await rejection(poll(acme, { ...calls, ...options }));
  expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(error.message).toContain(message);
  expect(sent()).toEqual([]);
});

test("what is started without an id says what to pass", async () => {
  const { acme, calls } = reporting([]);
  const start = async (init: object) => ({ ...(await calls.start(init)), data: { job: "j1" } }) as never;
  expect((await rejection(poll(acme, { ...calls, start }))).message).toContain("pass `idOf`");
});

describe("a named run that was killed", () => {
  const run = "report-2026-11";
  const withoutKeys: Partial<ProviderProfile> = { idempotency: undefined as never };
  /** Ends as a process does that is killed: nothing after it happens. */
  const killed = () => new Promise<never>(() => {});

  test.each([
    ["before it was sent", 0],
    ["after it was sent", 1],
  ])("while it started, %s, is started again under the same idempotency key", async (_, posts) => {
    const store = new Map<string, string>();
    const first = reporting([]);
    const start = async (init: object) => {
      if (posts > 0) await first.calls.start(init);
      return killed();
    };
    void poll(first.acme, { ...first.calls, start, run, store });
    await vi.waitFor(() => expect(store.size).toBe(1));
    await vi.waitFor(() => expect(first.sent()).toHaveLength(posts));
    const second = reporting(["succeeded"]);
    await second.settle(poll(second.acme, { ...second.calls, run, store }));
    expect(second.sent()).toEqual(["POST /reports", "GET /reports/r1"]);
    const keys = [...first.requests, ...second.requests].flatMap(({ headers }) => headers.get("idempotency-key") ?? []);
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(posts + 1);
  });

  test("while it started is not started again without keys: it throws, and `id` continues it", async () => {
    const store = new Map<string, string>();
    const first = reporting([], { profile: withoutKeys });
    void poll(first.acme, { ...first.calls, start: killed, run, store });
    await vi.waitFor(() => expect(store.size).toBe(1));
    const second = reporting(["succeeded"], { profile: withoutKeys });
    const error = await rejection(poll(second.acme, { ...second.calls, run, store }));
    expect(error).toMatchObject({ name: "OutcomeUnknownError" });
    expect(error.message).toContain("pass its `id`");
    expect(second.sent()).toEqual([]);
  });

  test("after it started continues with what it had started", async () => {
    const store = new Map<string, string>();
    const first = reporting([]);
    void poll(first.acme, { ...first.calls, read: killed, run, store });
    await vi.waitFor(async () => {
      await first.clock.advance(1_000);
      expect([...store.values()]).toEqual(["r1"]);
    });
    const second = reporting(["succeeded"]);
    expect(await second.settle(poll(second.acme, { ...second.calls, run, store }))).toMatchObject({ id: "r1" });
    expect(second.sent()).toEqual(["GET /reports/r1"]);
  });

  test("whose start was rejected is started again, without keys, too", async () => {
    const store = new Map<string, string>();
    const { fetch } = stubFetch(() => Response.json({ error: { message: "No" } }, { status: 400 }));
    const rejecting = createAcme({ fetch }, withoutKeys);
    const { calls } = reporting([]);
    const start = (init: object) => rejecting.POST("/reports", { body: {}, ...init }) as never;
    expect(await rejection(poll(rejecting, { ...calls, start, run, store }))).toMatchObject({ status: 400 });
    const second = reporting(["succeeded"], { profile: withoutKeys });
    await second.settle(poll(second.acme, { ...second.calls, run, store }));
    expect(second.sent()).toEqual(["POST /reports", "GET /reports/r1"]);
  });
});
