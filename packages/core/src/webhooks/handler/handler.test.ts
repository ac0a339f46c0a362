import { expect, test, vi } from "vitest";
import { harness, paid, secret } from "../../../test/webhooks/harness.js";
import { createWebhookHandler, github, signWebhook, stripe, type WebhookEvent } from "../index.js";

test("the handler of an event's name receives the event, and the response follows when it has resolved", async () => {
  let finish = () => {};
  const busy = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const seen: unknown[] = [];
  const { handler } = harness(stripe, {
    on: {
      "invoice.paid": async (event, { delivery }) => {
        await busy;
        seen.push(event, delivery?.header("stripe-signature")?.slice(0, 2));
      },
    },
  });
  let response: Response | undefined;
  const handling = handler(await signWebhook(stripe, paid, { secret })).then((result) => {
    response = result;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(response).toBeUndefined();
  finish();
  await handling;
  expect(response?.status).toBe(204);
  expect(seen).toEqual([
    expect.objectContaining({ type: "invoice.paid", id: "evt_1", payload: paid, provider: "stripe" }),
    "t=",
  ]);
});

test("the most specific name with a handler is used, then a wider name, then `otherwise`", async () => {
  const calls: string[] = [];
  const record = (name: string) => (event: WebhookEvent) => void calls.push(`${name}: ${event.type}`);
  const { handler } = harness(github, {
    on: { "pull_request.opened": record("specific"), pull_request: record("wide") },
    otherwise: record("otherwise"),
  });
  const send = async (event: string, id: string, body: object) =>
    handler(await signWebhook(github, body, { secret, headers: { "x-github-event": event, "x-github-delivery": id } }));
  await send("pull_request", "1", { action: "opened" });
  await send("pull_request", "2", { action: "closed" });
  await send("push", "3", {});
  await send("constructor", "4", {});
  expect(calls).toEqual([
    "specific: pull_request.opened",
    "wide: pull_request",
    "otherwise: push",
    "otherwise: constructor",
  ]);
});

test("an event without a handler is acknowledged", async () => {
  const { handler } = harness(stripe, { on: {} });
  expect((await handler(await signWebhook(stripe, paid, { secret }))).status).toBe(204);
});

test("a handler that throws causes a 500, and the next delivery of the event is processed", async () => {
  const failure = new Error("the database is unavailable");
  const on = vi.fn().mockRejectedValueOnce(failure).mockResolvedValue(undefined);
  const { handler, errors } = harness(stripe, { on: { "invoice.paid": on } });
  const response = await handler(await signWebhook(stripe, paid, { secret }));
  expect(response.status).toBe(500);
  // The message of the error is not sent to the provider.
  expect(await response.text()).toBe('{"error":"handler-failed"}');
  expect(errors).toEqual([failure]);
  expect((await handler(await signWebhook(stripe, paid, { secret }))).status).toBe(204);
  expect(on).toHaveBeenCalledTimes(2);
});

test("the `Response` that a handler returns is sent to the provider", async () => {
  const twiml = () => new Response("<Response/>", { headers: { "content-type": "text/xml" } });
  const { handler } = harness(stripe, { otherwise: twiml });
  const response = await handler(await signWebhook(stripe, paid, { secret }));
  expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([
    200,
    "<Response/>",
    "text/xml",
  ]);
});

test("a handler with a queue responds when the queue has stored the event", async () => {
  const add = vi.fn().mockRejectedValueOnce(new Error("Redis is unavailable.")).mockResolvedValue(undefined);
  const { handler } = harness(stripe, { queue: { add } });
  expect((await handler(await signWebhook(stripe, paid, { secret }))).status).toBe(500);
  expect((await handler(await signWebhook(stripe, paid, { secret }))).status).toBe(204);
  expect(add).toHaveBeenLastCalledWith(expect.objectContaining({ id: "evt_1", type: "invoice.paid" }));
});

test("options without a handler or a queue are a ConfigurationError, and so are options with both", () => {
  expect(() => createWebhookHandler(stripe, { secrets: secret })).toThrow(
    /no handler for events: pass `on`, `otherwise` or `queue`/,
  );
  const queue = { add: async () => {} };
  expect(() => createWebhookHandler(stripe, { secrets: secret, queue, on: {} })).toThrow(
    /`queue` cannot be combined with `on`/,
  );
});
