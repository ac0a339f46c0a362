import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { TimeoutError } from "../errors/call-errors.js";
import type { ConnectorOptions } from "./options.js";

const rounds = 50;
const times = Number.POSITIVE_INFINITY;

/** A phase of a call in which it stays until it is aborted. */
interface Phase {
  readonly acme: ReturnType<typeof createAcme>;
  /** How many requests were sent. */
  readonly sent: () => number;
  /** How many requests one call sends before it reaches the phase. */
  readonly sentPerCall: 0 | 1;
  /** How many requests were sent before the first call. */
  readonly sentBefore?: number;
  /** Resolves when this many calls have reached the phase. */
  reached(calls: number): Promise<void>;
}

/** A clock that does not move, and counts the sleeps that began. */
function stillClock() {
  const clock = fakeClock();
  let sleeps = 0;
  const sleep: typeof clock.sleep = (delayMs, signal) => {
    sleeps += 1;
    return clock.sleep(delayMs, signal);
  };
  return { clock: { ...clock, sleep }, sleeps: () => sleeps };
}

const { clock, sleeps } = stillClock();
const poll = (read: () => unknown, want: unknown) => expect.poll(read).toBe(want);

async function serverPhase(script: Parameters<typeof serve>[0], options: ConnectorOptions = {}) {
  const server = await serve(script);
  const sent = () => server.requests.length;
  return { acme: createAcme({ baseUrl: server.url, clock, ...options }), sent, server };
}

const phases: Record<string, () => Promise<Phase>> = {
  "the queue": async () => {
    const { acme, sent } = await serverPhase([{ kind: "stall", after: "request", times }], { concurrency: 1 });
    void acme.safe.GET("/held", { maxAttempts: 1 }).catch(() => {});
    await poll(sent, 1);
    // Without a credential function, nothing before the queue waits for longer than promise reactions take.
    return { acme, sent, sentPerCall: 0, sentBefore: 1, reached: async () => void (await nextTurn()) };
  },
  "the credential function": async () => {
    let asked = 0;
    const auth = () => {
      asked += 1;
      return new Promise<string>(() => {});
    };
    const { acme, sent } = await serverPhase([], { auth });
    return { acme, sent, sentPerCall: 0, reached: (calls) => poll(() => asked, calls) };
  },
  "the backoff": async () => {
    // After a 429 the second call would wait for the end of a pause.
    const script = [{ kind: "response", status: 429, times }] as const;
    const { acme, sent } = await serverPhase(script, { random: () => 0.99, rateLimit: false });
    const before = sleeps();
    return { acme, sent, sentPerCall: 1, reached: (calls) => poll(() => sleeps() - before, calls) };
  },
  "the connection": async () => {
    const { fetch, requests } = stubFetch(() => new Promise(() => {}));
    const sent = () => requests.length;
    return { acme: createAcme({ fetch, clock }), sent, sentPerCall: 1, reached: (calls) => poll(sent, calls) };
  },
  "the headers": async () => {
    const { acme, sent } = await serverPhase([{ kind: "stall", after: "request", times }]);
    return { acme, sent, sentPerCall: 1, reached: (calls) => poll(sent, calls) };
  },
  "the body": async () => {
    const { acme, sent, server } = await serverPhase([{ kind: "stall", after: "half-body", times }]);
    // The status is recorded when half of the body is on the wire.
    const written = () => server.requests.filter(({ status }) => status === 200).length;
    return { acme, sent, sentPerCall: 1, reached: (calls) => poll(written, calls) };
  },
};

describe("R9: an abort rejects without any wait, keeps its reason, and nothing is sent after it", () => {
  test.each(Object.entries(phases))(
    "in %s",
    async (_, createPhase) => {
      const { acme, sent, sentPerCall, sentBefore = 0, reached } = await createPhase();
      for (let round = 1; round <= rounds; round += 1) {
        const controller = new AbortController();
        const reason = new Error(`round ${round}`);
        const error = rejection(acme.GET("/things", { signal: controller.signal }));
        await reached(round);
        expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
        controller.abort(reason);
        // The clock does not move: a call that waited for a timer would never end.
        expect(await error).toBe(reason);
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
        expect(sent()).toBe(sentBefore + round * sentPerCall);
      }
      // Longer than any backoff, timeout and deadline.
      await clock.advance(600_000);
      expect(sent()).toBe(sentBefore + rounds * sentPerCall);
    },
    60_000,
  );

  test("where the signal is already aborted, and asks for no credential", async () => {
    const { fetch, requests } = stubFetch();
    let asked = 0;
    const acme = createAcme({ fetch, auth: () => `key-${++asked}` });
    expect(await rejection(acme.GET("/things", { signal: AbortSignal.abort("before") }))).toBe("before");
    expect(await rejection(acme.safe.GET("/things", { signal: AbortSignal.abort("before") }))).toBe("before");
    expect([requests.length, asked]).toEqual([0, 0]);
  });

  test("where an unsafe write was sent: it rejects with the reason, not with OutcomeUnknownError", async () => {
    const server = await serve([{ kind: "stall", after: "request", times }]);
    const controller = new AbortController();
    const error = rejection(
      createAcme({ baseUrl: server.url }).PATCH("/things", { body: {}, signal: controller.signal }),
    );
    await poll(() => server.requests.length, 1);
    controller.abort("enough");
    expect(await error).toBe("enough");
  });

  test("where the reason is an error of this package, which is not taken for a failure of the call", async () => {
    const reason = new TimeoutError("mine", { operation: "mine", limit: "attempt", limitMs: 1 });
    const server = await serve([{ kind: "stall", after: "request", times }]);
    const controller = new AbortController();
    const error = rejection(createAcme({ baseUrl: server.url }).GET("/things", { signal: controller.signal }));
    await poll(() => server.requests.length, 1);
    controller.abort(reason);
    expect(await error).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});
