import { describe, expect, test } from "vitest";
import { createCall, createReply, createTenant, rejection } from "../../test/call.js";
import { QueueFullError, QuotaExceededError } from "../errors/call-errors.js";
import type { Next, Policy } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { systemClock } from "../platform/clock.js";
import type { BulkheadOptions } from "../rate-limit/bulkhead.js";
import { localRateLimits } from "../rate-limit/local-rate-limits.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import { streamBody } from "../transport/stream-body.js";
import { rateLimit } from "./rate-limit.js";

/** The policy with its slots alone. */
function concurrency(options: BulkheadOptions): Policy {
  return rateLimit({
    limiter: createRateLimiter({
      profile: {},
      strategies: {},
      limits: [],
      store: localRateLimits(systemClock),
      slots: options,
      clock: systemClock,
    }),
    ignoreRateLimitHeaders: true,
    clock: systemClock,
  });
}

interface Held {
  readonly id: string;
  end(reply?: Reply): void;
}

/** A transport that responses when it is told to. */
function holding(): Next & { readonly held: Held[]; readonly started: string[] } {
  const held: Held[] = [];
  const started: string[] = [];
  const next: Next = (call) =>
    new Promise((resolve) => {
      started.push(call.operation.id);
      held.push({ id: call.operation.id, end: (reply = createReply()) => resolve(reply) });
    });
  return Object.assign(next, { held, started });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function sending(policy: Policy, next: Next) {
  return (id: string, parts: Parameters<typeof createCall>[0] = {}) =>
    policy.send(createCall({ ...parts, operation: { id, ...parts.operation } }), next);
}

describe("slots", () => {
  test("at most `concurrency` calls run at once, and the others follow in order of arrival", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 2, maxQueued: 10 }), next);
    const all = ["a", "b", "c", "d"].map((id) => send(id));
    await turn();
    expect(next.started).toEqual(["a", "b"]);
    next.held[1]?.end();
    await turn();
    expect(next.started).toEqual(["a", "b", "c"]);
    next.held[0]?.end();
    next.held[2]?.end();
    await turn();
    next.held[3]?.end();
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test("each tenant and bucket has slots of its own", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 10 }), next);
    void send("a");
    void send("b", { operation: { bucket: "files" } });
    void send("c", { tenant: createTenant("tenant-2") });
    void send("d");
    await turn();
    expect(next.started).toEqual(["a", "b", "c"]);
  });

  test("fairness keys take turns, however many calls each of them has", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 10 }), next);
    for (const id of ["a", "b", "c", "d"]) void send(id, { settings: { fairnessKey: "noisy" } });
    void send("e", { settings: { fairnessKey: "quiet" } });
    for (let i = 0; i < 4; i += 1) {
      await turn();
      next.held[i]?.end();
    }
    await turn();
    expect(next.started).toEqual(["a", "b", "e", "c", "d"]);
  });

  test("a call that fails releases its slot, and throws its error", async () => {
    const send = sending(concurrency({ concurrency: 1, maxQueued: 1 }), async () => {
      throw new Error("lost");
    });
    for (let i = 0; i < 3; i += 1) expect((await rejection(send("a"))).message).toBe("lost");
  });

  test("a stream holds its slot until it was read to its end, or was cancelled", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 10 }), next);
    const first = send("a");
    const second = send("b");
    const third = send("c");
    await turn();
    next.held[0]?.end({ ...createReply(), ...streamOf("abc") });
    const reply = await first;
    await turn();
    expect(next.started).toEqual(["a"]);
    expect(await new Response(reply.body).text()).toBe("abc");
    await turn();
    expect(next.started).toEqual(["a", "b"]);
    next.held[1]?.end({ ...createReply(), ...streamOf("abc") });
    await ((await second).body as ReadableStream).cancel();
    await turn();
    expect(next.started).toEqual(["a", "b", "c"]);
    next.held[2]?.end();
    await third;
  });
});

/** The parts of a reply that is still to be read. */
function streamOf(text: string): Pick<Reply, "body" | "ended"> {
  const call = createCall({ settings: { stream: true } });
  return streamBody(new Response(text).body, call, systemClock);
}

describe("calls that wait for a slot", () => {
  test("a call beyond maxQueued throws a QueueFullError at once, which says what to do", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 2 }), next);
    for (const id of ["a", "b", "c"]) void send(id);
    const error = await rejection(send("d"));
    expect(error).toBeInstanceOf(QueueFullError);
    expect(error.message).toMatch(/^d: .*2 calls.*maxQueued/);
    expect(next.started).toEqual(["a"]);
  });

  test("R9: a call that is aborted while it waits rejects with its signal's reason, and is never sent", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 10 }), next);
    const controller = new AbortController();
    void send("a");
    const aborted = send("b", { signal: controller.signal });
    const waiting = send("c");
    controller.abort("enough");
    expect(await rejection(aborted)).toBe("enough");
    next.held[0]?.end();
    await turn();
    expect(next.started).toEqual(["a", "c"]);
    next.held[1]?.end();
    expect((await waiting).status).toBe(200);
  });

  test("a call that is already aborted does not enter the queue", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 10 }), next);
    expect(await rejection(send("a", { signal: AbortSignal.abort("before") }))).toBe("before");
    await turn();
    expect(next.started).toEqual([]);
  });

  test("aborted calls leave their places in the queue to others, in order of arrival", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 2 }), next);
    const all = [send("a")];
    for (let round = 0; round < 50; round += 1) {
      const controller = new AbortController();
      const given = ["x", "y"].map((id) => rejection(send(id, { signal: controller.signal })));
      controller.abort("enough");
      await Promise.all(given);
    }
    all.push(send("b"), send("c"));
    expect(await rejection(send("d"))).toBeInstanceOf(QueueFullError);
    for (let i = 0; i < 3; i += 1) {
      await turn();
      next.held[i]?.end();
    }
    await Promise.all(all);
    expect(next.started).toEqual(["a", "b", "c"]);
  });

  test("calls that are rejected because their turn comes after their deadline take no place in the queue", async () => {
    const limits = [{ bucket: "default", limit: 1, perMs: 10_000, burst: 1 }];
    const limiter = createRateLimiter({
      profile: {},
      strategies: {},
      limits,
      store: localRateLimits(systemClock),
      slots: { concurrency: 9, maxQueued: 2 },
      clock: systemClock,
    });
    const send = sending(rateLimit({ limiter, ignoreRateLimitHeaders: true, clock: systemClock }), async () =>
      createReply(),
    );
    await send("a");
    const deadline = { atMs: systemClock.monotonic() + 1_000, allowedMs: 1_000 };
    for (const id of ["b", "c", "d", "e"]) {
      expect(await rejection(send(id, { deadline }))).toBeInstanceOf(QuotaExceededError);
    }
  });

  test("a call that has ended leaves no listener on its signal", async () => {
    const next = holding();
    const send = sending(concurrency({ concurrency: 1, maxQueued: 10 }), next);
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, given);
    };
    const all = ["a", "b", "c"].map((id) => send(id, { signal }));
    for (let i = 0; i < 3; i += 1) {
      await turn();
      next.held[i]?.end();
    }
    await Promise.all(all);
    expect(listeners).toBe(0);
  });
});
