import { expect, test, vi } from "vitest";
import { harness, paid, secret } from "../../test/webhooks/harness.js";
import { createWebhookHandler, github, signWebhook, stripe, type WebhookEvent } from "./index.js";

test("an event reaches the handler of its name, and is acknowledged when that is done", async () => {
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
  let answered: Response | undefined;
  const answering = handler(await signWebhook(stripe, secret, paid)).then((response) => {
    answered = response;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).toBeUndefined();
  finish();
  await answering;
  expect(answered?.status).toBe(204);
  expect(seen).toEqual([
    expect.objectContaining({ type: "invoice.paid", id: "evt_1", payload: paid, provider: "stripe" }),
    "t=",
  ]);
});

test("the most exact name of an event counts, then the wider one, then what takes all others", async () => {
  const taken: string[] = [];
  const take = (name: string) => (event: WebhookEvent) => void taken.push(`${name} took ${event.type}`);
  const { handler } = harness(github, {
    on: { "pull_request.opened": take("exact"), pull_request: take("wide") },
    otherwise: take("otherwise"),
  });
  const send = async (event: string, id: string, body: object) =>
    handler(await signWebhook(github, secret, body, { headers: { "x-github-event": event, "x-github-delivery": id } }));
  await send("pull_request", "1", { action: "opened" });
  await send("pull_request", "2", { action: "closed" });
  await send("push", "3", {});
  await send("constructor", "4", {});
  expect(taken).toEqual([
    "exact took pull_request.opened",
    "wide took pull_request",
    "otherwise took push",
    "otherwise took constructor",
  ]);
});

test("an event that nothing takes is acknowledged", async () => {
  const { handler } = harness(stripe, { on: {} });
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
});

test("where the handler throws the provider is told, and its next delivery is worked on", async () => {
  const failure = new Error("the database is away");
  const on = vi.fn().mockRejectedValueOnce(failure).mockResolvedValue(undefined);
  const { handler, errors } = harness(stripe, { on: { "invoice.paid": on } });
  const response = await handler(await signWebhook(stripe, secret, paid));
  expect(response.status).toBe(500);
  // The provider's log is no place for what went wrong with us.
  expect(await response.text()).toBe('{"error":"handler-failed"}');
  expect(errors).toEqual([failure]);
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  expect(on).toHaveBeenCalledTimes(2);
});

test("what a handler answers is what the provider gets", async () => {
  const twiml = () => new Response("<Response/>", { headers: { "content-type": "text/xml" } });
  const { handler } = harness(stripe, { otherwise: twiml });
  const response = await handler(await signWebhook(stripe, secret, paid));
  expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([
    200,
    "<Response/>",
    "text/xml",
  ]);
});

test("with a queue the provider is answered once the queue has the event", async () => {
  const add = vi.fn().mockRejectedValueOnce(new Error("Redis is away.")).mockResolvedValue(undefined);
  const { handler } = harness(stripe, { queue: { add } });
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(500);
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  expect(add).toHaveBeenLastCalledWith(expect.objectContaining({ id: "evt_1", type: "invoice.paid" }));
});

test("a handler that nothing takes events for is a mistake of configuration, and so is one with a queue as well", () => {
  expect(() => createWebhookHandler(stripe, { secrets: secret })).toThrow(/there is no handler/);
  const queue = { add: async () => {} };
  expect(() => createWebhookHandler(stripe, { secrets: secret, queue, on: {} })).toThrow(/both given/);
});
