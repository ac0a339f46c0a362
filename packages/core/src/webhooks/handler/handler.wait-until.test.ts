import { expect, test, vi } from "vitest";
import { deferred } from "../../../test/deferred.js";
import { harness, paid, secret } from "../../../test/webhooks/harness.js";
import { createObserver } from "../../observe/index.js";
import { signWebhook, stripe, type WebhookHandlerOptions } from "../index.js";

/** A handler on a platform that keeps the work after the response, and whose handler of events waits for `gate`. */
function setUp(options: Partial<WebhookHandlerOptions<Record<string, unknown>>> = {}) {
  const gate = deferred();
  const works: Promise<unknown>[] = [];
  const made = harness(stripe, {
    waitUntil: (work) => void works.push(work),
    on: {
      "invoice.paid": async (event: { readonly id: string }) => {
        await gate.opened;
        ended.push(event.id);
      },
    },
    ...options,
  });
  const ended: string[] = [];
  const send = async (body: unknown = paid) => (await made.handler(await signWebhook(stripe, body, { secret }))).status;
  return { ...made, gate, works, ended, send };
}

test("R39: waitUntil lets the response go before the event is processed, and the event is processed once", async () => {
  const { gate, works, ended, send, errors } = setUp();
  expect([await send(), ended, works.length]).toEqual([204, [], 1]);
  // Claimed before the response, so that another delivery of it is not processed meanwhile.
  expect([await send(), works.length]).toEqual([409, 1]);
  gate.go();
  await Promise.all(works);
  expect(ended).toEqual(["evt_1"]);
  expect([await send(), works.length, ended, errors]).toEqual([204, 1, ["evt_1"], []]);
});

test("a handler that fails after the response is reported, and the next delivery of its event is processed", async () => {
  let failures = 1;
  const { works, send, errors } = setUp({
    on: {
      "invoice.paid": () => {
        if (failures-- > 0) throw new Error("the ledger is closed");
      },
    },
  });
  expect(await send()).toBe(204);
  await Promise.all(works);
  expect(errors).toEqual([new Error("the ledger is closed")]);
  expect(await send()).toBe(204);
  await Promise.all(works);
  expect([works.length, errors.length]).toEqual([2, 1]);
});

test("a platform that does not accept the work is reported, and the response waits for the event", async () => {
  const outside = new Error("`after` was called outside a request scope.");
  const { gate, ended, send, errors } = setUp({
    waitUntil: () => {
      throw outside;
    },
  });
  gate.go();
  expect([await send(), ended, errors]).toEqual([204, ["evt_1"], [outside]]);
});

test("an inbox that is unavailable is known before the response, and nothing is deferred", async () => {
  const unavailable = () => Promise.reject(new Error("Redis is unavailable."));
  const inbox = { claim: unavailable, renew: unavailable, complete: unavailable, release: unavailable };
  const { works, send } = setUp({ inbox: { ...inbox, forget: unavailable } });
  expect([await send(), works.length]).toEqual([503, 0]);
});

test("what needs no work is not deferred: an event without a handler, and a delivery that is not authentic", async () => {
  const { works, handler, send } = setUp();
  expect(await send({ id: "evt_2", type: "invoice.voided" })).toBe(204);
  expect((await handler(await signWebhook(stripe, paid, { secret: "another" }))).status).toBe(401);
  expect(works).toEqual([]);
});

test("observers are notified of the outcome of the work, after it", async () => {
  const seen: unknown[] = [];
  const observe = createObserver({ onDelivery: ({ outcome, status }) => void seen.push([outcome, status]) });
  const gate = deferred();
  const { works, send } = setUp({
    observe,
    on: { "invoice.paid": () => gate.opened.then(() => Promise.reject(new Error("the ledger is closed"))) },
  });
  expect([await send(), seen]).toEqual([204, []]);
  gate.go();
  await Promise.all(works);
  await expect.poll(() => seen).toEqual([["failed", 204]]);
});

test("work whose failure cannot be reported does not end the process", async () => {
  const print = vi.spyOn(console, "error").mockImplementation(() => {});
  const { works, send } = setUp({
    on: { "invoice.paid": () => Promise.reject(new Error("the ledger is closed")) },
    onError: () => {
      throw new Error("the log is full");
    },
  });
  expect(await send()).toBe(204);
  await Promise.all(works);
  expect(print.mock.calls).toEqual([[expect.stringContaining("report of a failure"), new Error("the log is full")]]);
  print.mockRestore();
});

test("waitUntil beside a queue is a ConfigurationError, since the queue must have the events first", () => {
  const queue = { add: async () => {} };
  expect(() => harness(stripe, { queue, waitUntil: () => {} })).toThrow(/`queue` cannot be combined with `waitUntil`/);
});
