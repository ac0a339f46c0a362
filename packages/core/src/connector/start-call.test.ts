import { getEventListeners } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme, wire } from "../../test/acme.js";
import { awakeTime } from "../../test/awake-time.js";
import { rejection } from "../../test/call.js";
import { heldBytes } from "../../test/heap.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { Transport } from "../transport/transport.js";
import { toFetch } from "./to-fetch.js";
import type { Connector } from "./typed-client.js";

const percentile = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0;
const forever = Number.POSITIVE_INFINITY;

describe("R8: the deadline", () => {
  test("ends 1,000 calls of every kind within 50 ms of it (p99), and no attempt starts after it", async () => {
    const random = seededRandom(8);
    const awakeMs = awakeTime();
    const deadlines = new Map<string, number>();
    const faults = [
      () => ({ kind: "stall", after: "request" }) as const,
      () => ({ kind: "stall", after: "half-body" }) as const,
      () => ({ kind: "latency", delayMs: random() * 80 }) as const,
      () => ({ kind: "answer", status: 503 }) as const,
      () => ({ kind: "answer", status: 429, headers: { "retry-after-ms": "15" } }) as const,
      () => ({ kind: "reset", after: "request" }) as const,
      () => undefined,
    ];
    const server = await serve(() => faults[Math.floor(random() * faults.length)]?.());
    const startedAfter: number[] = [];
    const transport: Transport = (call) => {
      const endsAt = deadlines.get(call.headers.get("x-call") ?? "") ?? 0;
      if (!call.signal.aborted) startedAfter.push(performance.now() - endsAt);
      return wire.transport(call);
    };
    const acme = createAcme({
      baseUrl: server.url,
      transport,
      concurrency: 5,
      auth: () => after(random() * 15, "key"),
    });
    const overrun: number[] = [];
    const one = async (id: number) => {
      const deadlineMs = 5 + random() * 45;
      const call = acme.safe.GET("/things", { deadlineMs, maxAttempts: 10, headers: { "x-call": String(id) } });
      deadlines.set(String(id), performance.now() + deadlineMs);
      // When a plain timer of the same length goes off.
      let dueAt: number | undefined;
      const timer = setTimeout(() => {
        dueAt = awakeMs();
      }, deadlineMs);
      await call;
      clearTimeout(timer);
      overrun.push(dueAt === undefined ? 0 : awakeMs() - dueAt);
    };
    let next = 0;
    const caller = async () => {
      while (next < 1_000) await one(next++);
    };
    await Promise.all(Array.from({ length: 8 }, caller));
    expect(overrun).toHaveLength(1_000);
    expect(percentile(overrun, 0.99)).toBeLessThanOrEqual(50);
    expect(overrun.some((ms) => ms > 0)).toBe(true);
    expect(percentile(startedAfter, 0.99)).toBeLessThanOrEqual(0);
  }, 30_000);

  test("is a TimeoutError that says operation and limit", async () => {
    const server = await serve([{ kind: "stall", after: "request" }]);
    const error = await rejection<TimeoutError>(createAcme({ baseUrl: server.url }).GET("/things", { deadlineMs: 30 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ limit: "deadline", limitMs: 30, attempts: [{ number: 1 }] });
    expect(error.message).toBe("GET /things: it passed its deadline limit of 30 ms.");
  });

  test("ends what ignores its signal, too", async () => {
    const startedAt = performance.now();
    const acme = createAcme({ auth: () => new Promise<string>(() => {}) });
    expect(await rejection(acme.GET("/things", { deadlineMs: 30 }))).toBeInstanceOf(TimeoutError);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("R6: of an unsafe write that was sent, says that its outcome is unknown", async () => {
    const server = await serve([{ kind: "stall", after: "request" }]);
    const error = await rejection(createAcme({ baseUrl: server.url }).PATCH("/things", { body: {}, deadlineMs: 30 }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
  });

  test("that is infinite never comes", async () => {
    const { fetch } = stubFetch();
    expect((await createAcme({ fetch }).GET("/things", { deadlineMs: forever })).response.status).toBe(200);
  });
});

describe("R9: an abort in every phase rejects within 20 ms (p99), keeps its reason, and nothing is sent after it", () => {
  type Phase = (rounds: number) => Promise<{ acme: Connector<never>; sent: () => number; sentBefore: number }>;
  const at = async (options: object, script: Parameters<typeof serve>[0], sentBefore: number) => {
    const server = await serve(script);
    return {
      acme: createAcme({ baseUrl: server.url, ...options }) as never,
      sent: () => server.requests.length,
      sentBefore,
    };
  };
  const stall = (phase: "request" | "headers" | "half-body") =>
    ({ kind: "stall", after: phase, times: forever }) as const;
  const phases: Record<string, Phase> = {
    "the queue": async () => {
      const { acme, sent } = await at({ concurrency: 1 }, [stall("request")], 1);
      const holder = new AbortController();
      void (acme as ReturnType<typeof createAcme>).safe.GET("/held", { signal: holder.signal }).catch(() => {});
      await expect.poll(sent).toBe(1);
      return { acme, sent, sentBefore: 1 };
    },
    "the credential function": () => at({ auth: () => new Promise(() => {}) }, [], 0),
    "the backoff": () => at({ random: () => 0.99 }, [{ kind: "answer", status: 429, times: forever }], 1),
    "the connection": async () => {
      const { fetch, requests } = stubFetch(() => new Promise(() => {}));
      return { acme: createAcme({ fetch }) as never, sent: () => requests.length, sentBefore: 1 };
    },
    "the headers": () => at({}, [stall("request")], 1),
    "the body": () => at({}, [stall("half-body")], 1),
  };

  test.each(Object.entries(phases))(
    "%s",
    async (_, phase) => {
      const rounds = 50;
      const awakeMs = awakeTime();
      const took: number[] = [];
      const { acme, sent, sentBefore } = await phase(rounds);
      const already = sentBefore === 1 && sent() === 1 ? 1 : 0;
      for (let round = 0; round < rounds; round += 1) {
        const controller = new AbortController();
        const reason = new Error(`round ${round}`);
        const error = rejection((acme as ReturnType<typeof createAcme>).GET("/things", { signal: controller.signal }));
        await after(3);
        const abortedAt = awakeMs();
        controller.abort(reason);
        expect(await error).toBe(reason);
        took.push(awakeMs() - abortedAt);
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      }
      expect(percentile(took, 0.99)).toBeLessThanOrEqual(20);
      const sentThen = sent();
      await after(30);
      expect(sent()).toBe(sentThen);
      expect(sentThen).toBeLessThanOrEqual(already === 1 ? 1 : rounds * sentBefore);
    },
    30_000,
  );

  test("a signal that is aborted already sends nothing, and asks for no credential", async () => {
    const { fetch, requests } = stubFetch();
    let asked = 0;
    const acme = createAcme({ fetch, auth: () => `key-${++asked}` });
    expect(await rejection(acme.GET("/things", { signal: AbortSignal.abort("before") }))).toBe("before");
    expect(await rejection(acme.safe.GET("/things", { signal: AbortSignal.abort("before") }))).toBe("before");
    expect([requests.length, asked]).toEqual([0, 0]);
  });

  test("an aborted unsafe write rejects with the reason, not with its outcome", async () => {
    const server = await serve([stall("request")]);
    const controller = new AbortController();
    const error = rejection(
      createAcme({ baseUrl: server.url }).PATCH("/things", { body: {}, signal: controller.signal }),
    );
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort("enough");
    expect(await error).toBe("enough");
  });

  test("an abort with an error of ours as its reason is still the caller's own", async () => {
    const reason = new TimeoutError("mine", { operation: "mine", limit: "attempt", limitMs: 1 });
    const server = await serve([stall("request")]);
    const controller = new AbortController();
    const error = rejection(createAcme({ baseUrl: server.url }).GET("/things", { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    expect(await error).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});

describe("R10: a signal that lives long", () => {
  test("carries 100,000 calls without a warning, a listener left behind, or 5 MB of heap", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    const acme = createAcme({ fetch: async () => new Response("{}") });
    const { signal } = new AbortController();
    const run = async (calls: number) => {
      for (let i = 0; i < calls; i += 100)
        await Promise.all(Array.from({ length: 100 }, () => acme.GET("/things", { signal })));
    };
    await run(5_000);
    const before = heldBytes();
    await run(100_000);
    await after(5);
    expect((heldBytes() - before) / 2 ** 20).toBeLessThan(5);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  }, 30_000);

  test("carries calls over real connections, well ended or not, just as well", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    let count = 0;
    const server = await serve(() => (++count % 10 === 0 ? { kind: "answer", status: 404 } : undefined));
    const acme = createAcme({ baseUrl: server.url });
    const { signal } = new AbortController();
    for (let i = 0; i < 10; i += 1) {
      await Promise.all(Array.from({ length: 50 }, () => acme.safe.GET("/things", { signal })));
      await toFetch(acme)("/things", { signal });
    }
    await after(5);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });
});
