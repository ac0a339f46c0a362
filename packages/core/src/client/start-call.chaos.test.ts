import { setTimeout as after } from "node:timers/promises";
import { seededRandom } from "@connectry/testing";
import { expect, test } from "vitest";
import { createAcme, wire } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import type { Transport } from "../transport/transport.js";

const times = Number.POSITIVE_INFINITY;
const percentile99 = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? 0;

/** Controls have the same moments to be delayed as what is measured, so that they contain what the machine adds. */
interface Measured {
  readonly callMs: number[];
  readonly controlMs: number[];
}

test("R8: 1,000 calls end within 50 ms of their deadline (p99), measured beside a plain timer for each", async () => {
  const random = seededRandom(8);
  const endsAt = new Map<string, number>();
  const startedAfterMs: number[] = [];
  const faults = [
    () => ({ kind: "stall", after: "request" }) as const,
    () => ({ kind: "stall", after: "half-body" }) as const,
    () => ({ kind: "latency", delayMs: random() * 80 }) as const,
    () => ({ kind: "response", status: 503 }) as const,
    () => ({ kind: "response", status: 429, headers: { "retry-after-ms": "15" } }) as const,
    () => ({ kind: "reset", after: "request" }) as const,
    () => undefined,
  ];
  const server = await serve(() => faults[Math.floor(random() * faults.length)]?.());
  const transport: Transport = (call) => {
    const deadline = endsAt.get(call.headers["x-call"] ?? "") ?? 0;
    if (!call.signal.aborted) startedAfterMs.push(performance.now() - deadline);
    return wire.transport(call);
  };
  const auth = () => after(random() * 15, "key");
  const acme = createAcme({ baseUrl: server.url, transport, concurrency: 5, auth });
  const { callMs, controlMs }: Measured = { callMs: [], controlMs: [] };
  const callOnce = async (id: string) => {
    const deadlineMs = 5 + random() * 45;
    const due = performance.now() + deadlineMs;
    endsAt.set(id, due);
    const control = after(deadlineMs).then(() => controlMs.push(performance.now() - due));
    await acme.safe.GET("/things", { deadlineMs, maxAttempts: 10, headers: { "x-call": id } });
    callMs.push(performance.now() - due);
    await control;
  };
  let next = 0;
  const callRepeatedly = async () => {
    while (next < 1_000) await callOnce(String(next++));
  };
  await Promise.all(Array.from({ length: 8 }, callRepeatedly));
  expect([callMs.length, controlMs.length]).toEqual([1_000, 1_000]);
  expect(callMs.some((ms) => ms > 0)).toBe(true);
  expect(percentile99(callMs)).toBeLessThanOrEqual(50 + percentile99(controlMs));
  // The call measures its deadline from a little later than this test does, and no attempt starts later than a plain timer would say so.
  expect(percentile99(startedAfterMs)).toBeLessThanOrEqual(1 + percentile99(controlMs));
});

const stallAfter = (part: "request" | "half-body") => ({ kind: "stall", after: part, times }) as const;
const phases: Record<string, () => Promise<ReturnType<typeof createAcme>>> = {
  "the queue": async () => {
    const server = await serve([stallAfter("request")]);
    const acme = createAcme({ baseUrl: server.url, concurrency: 1 });
    void acme.safe.GET("/held").catch(() => {});
    await expect.poll(() => server.requests.length, { timeout: 4_000 }).toBe(1);
    return acme;
  },
  "the credential function": async () => createAcme({ auth: () => new Promise(() => {}) }),
  "the backoff": async () => {
    const server = await serve([{ kind: "response", status: 429, times }]);
    // Each call has a tenant of its own, and so its own retry budget.
    let count = 0;
    return createAcme({ baseUrl: server.url, random: () => 0.99, auth: () => `key-${++count}` });
  },
  "the connection": async () => createAcme({ fetch: () => new Promise(() => {}) }),
  "the headers": async () => createAcme({ baseUrl: (await serve([stallAfter("request")])).url }),
  "the body": async () => createAcme({ baseUrl: (await serve([stallAfter("half-body")])).url }),
  "a stream that flows": async () => {
    const acme = createAcme({ baseUrl: (await serve([stallAfter("half-body")])).url });
    const GET: typeof acme.GET = async (...call) => {
      const { data, ...result } = await acme.stream.GET(...call);
      return { ...result, data: await new Response(data).text() };
    };
    return { ...acme, GET };
  },
};

test.each(Object.entries(phases))(
  "R9: an abort in %s rejects within 20 ms (p99), measured beside a promise that does nothing else",
  async (_, createPhase) => {
    const acme = await createPhase();
    const { callMs, controlMs }: Measured = { callMs: [], controlMs: [] };
    for (let round = 0; round < 200; round += 1) {
      const controller = new AbortController();
      const { signal } = controller;
      const error = rejection(acme.GET("/things", { signal }));
      const control = new Promise<void>((resolve) => {
        // A turn of the event loop, because an abort over a connection may need one.
        signal.addEventListener("abort", () => setImmediate(resolve), { once: true });
      });
      await after(3);
      const abortedAt = performance.now();
      controller.abort(round);
      const measured = error.then(() => callMs.push(performance.now() - abortedAt));
      await Promise.all([measured, control.then(() => controlMs.push(performance.now() - abortedAt))]);
      expect(await error).toBe(round);
    }
    expect(percentile99(callMs)).toBeLessThanOrEqual(20 + percentile99(controlMs));
  },
);
