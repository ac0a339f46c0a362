import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { recorder } from "../../../test/observed.js";
import { harness, paid, secret } from "../../../test/webhooks/harness.js";
import { hubspot, memoryInbox, signWebhook, slack, stripe } from "../../webhooks/index.js";

test("a delivery is recorded with its scheme, its events, how it ended, and how old it is", async () => {
  const clock = fakeClock();
  const { observer, deliveries } = recorder();
  const { handler } = harness(stripe, { observe: observer, clock });
  const request = await signWebhook(stripe, paid, { secret, nowMs: clock.now() });
  await clock.advance(3_000);
  await handler(request.clone());
  await handler(request);
  expect(deliveries).toMatchObject([
    {
      scheme: "stripe",
      eventTypes: ["invoice.paid"],
      events: 1,
      outcome: "processed",
      status: 204,
      ageMs: 3_000,
      attempt: undefined,
    },
    { scheme: "stripe", eventTypes: ["invoice.paid"], events: 1, outcome: "duplicate", status: 204 },
  ]);
});

test("each way to end has its outcome", async () => {
  const { observer, deliveries } = recorder();
  const event = (id: string, type = "invoice.paid") => signWebhook(stripe, { ...paid, id, type }, { secret });
  const fail = () => {
    throw new Error("handler");
  };
  const inbox = memoryInbox();
  const { handler } = harness(stripe, { observe: observer, inbox, on: { "invoice.paid": fail } });
  await handler(await event("evt_1"));
  await handler(await event("evt_2", "unlisted"));
  await handler(await signWebhook(stripe, paid, { secret: "whsec_wrong" }));
  const unavailable = { ...inbox, claim: fail };
  const { handler: unreachable } = harness(stripe, { observe: observer, inbox: unavailable });
  await unreachable(await event("evt_3"));
  const { handler: ofSlack } = harness(slack, { observe: observer });
  await ofSlack(await signWebhook(slack, { type: "url_verification", challenge: "c" }, { secret }));
  expect(deliveries.map(({ outcome, reason, status, eventTypes }) => [outcome, reason, status, eventTypes])).toEqual([
    ["failed", undefined, 500, ["invoice.paid"]],
    ["ignored", undefined, 204, ["unlisted"]],
    ["rejected", "wrong-secret", 401, []],
    ["failed", undefined, 503, ["invoice.paid"]],
    ["handshake", undefined, 200, []],
  ]);
});

test("a delivery while another caller processes its event is busy", async () => {
  const { observer, deliveries } = recorder();
  let finish = () => {};
  const busy = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const handle = () => {
    begin();
    return busy;
  };
  const { handler } = harness(stripe, { observe: observer, on: { "invoice.paid": handle } });
  const request = await signWebhook(stripe, paid, { secret });
  const first = handler(request.clone());
  await begun;
  await handler(request);
  finish();
  await first;
  expect(deliveries.map(({ outcome }) => outcome)).toEqual(["busy", "processed"]);
});

test("the provider's attempt is counted from 1", async () => {
  const { observer, deliveries } = recorder();
  const { handler: ofSlack } = harness(slack, { observe: observer });
  const message = { type: "event_callback", event: { type: "message" } };
  for (const [id, headers] of [
    ["Ev1", {}],
    ["Ev2", { "x-slack-retry-num": "2" }],
    ["Ev3", { "x-slack-retry-num": "many" }],
  ] as const) {
    await ofSlack(await signWebhook(slack, { ...message, event_id: id }, { secret, headers }));
  }
  const { handler: ofHubspot } = harness(hubspot, { observe: observer });
  const created = { subscriptionType: "contact.creation", attemptNumber: 0 };
  const url = "https://app.test/hooks";
  await ofHubspot(await signWebhook(hubspot, [created, { ...created, attemptNumber: 1 }], { secret, url }));
  expect(deliveries.map(({ attempt, events }) => [attempt, events])).toEqual([
    [1, 1],
    [3, 1],
    [undefined, 1],
    [1, 2],
  ]);
});
