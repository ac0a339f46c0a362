import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { harness, paid, secret } from "../../test/webhooks/harness.js";
import { hubspot, type Inbox, memoryInbox, signWebhook, stripe } from "./index.js";

test("an event is worked on once, however often it is delivered", async () => {
  const { handler, worked } = harness(stripe);
  for (let delivery = 0; delivery < 3; delivery += 1) {
    expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  }
  expect(worked).toHaveLength(1);
});

test("while an event is worked on, its next delivery is told to come again", async () => {
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { handler } = harness(stripe, { on: { "invoice.paid": () => work } });
  const first = handler(await signWebhook(stripe, secret, paid));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = await handler(await signWebhook(stripe, secret, paid));
  expect([second.status, second.headers.get("retry-after")]).toEqual([409, "60"]);
  finish();
  expect((await first).status).toBe(204);
});

test("R39: a claim is kept for as long as the work lasts, and lost with its process", async () => {
  const clock = fakeClock(1_700_000_000_000);
  const inbox = memoryInbox({ clock });
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const living = harness(stripe, { inbox, clock, leaseMs: 30_000, on: { "invoice.paid": () => work } });
  const sign = () => signWebhook(stripe, secret, paid, { nowMs: clock.now() });
  const first = living.handler(await sign());
  await new Promise((resolve) => setTimeout(resolve, 20));
  await clock.advance(100_000);
  expect(await inbox.claim("stripe:evt_1", 1)).toMatchObject({ kind: "busy" });
  finish();
  expect((await first).status).toBe(204);
  expect(await inbox.claim("stripe:evt_1", 1)).toEqual({ kind: "done" });

  // A claim that nobody keeps is what a process leaves behind that has died.
  const crashed = await inbox.claim("stripe:evt_2", 30_000);
  expect(crashed.kind).toBe("claimed");
  const other = harness(stripe, { inbox, clock });
  const send = async () =>
    other.handler(await signWebhook(stripe, secret, { ...paid, id: "evt_2" }, { nowMs: clock.now() }));
  expect((await send()).status).toBe(409);
  await clock.advance(30_000);
  expect((await send()).status).toBe(204);
  expect(other.worked).toHaveLength(1);
});

test.each([
  ["refuse", 503, 0],
  ["process", 204, 1],
] as const)(
  "R39: with an inbox that fails, `%s` answers %i and works %i times",
  async (whenInboxFails, status, count) => {
    const fail = () => Promise.reject(new Error("Redis is away."));
    const inbox: Inbox = { claim: fail, renew: fail, complete: fail, release: fail };
    const { handler, worked, errors } = harness(stripe, { inbox, whenInboxFails });
    const response = await handler(await signWebhook(stripe, secret, paid));
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(status === 503 ? "10" : null);
    expect(worked).toHaveLength(count);
    expect(errors).toEqual([new Error("Redis is away.")]);
  },
);

test("R39: work that is done stays done, even if the inbox cannot be told", async () => {
  const held = memoryInbox();
  const inbox: Inbox = { ...held, complete: () => Promise.reject(new Error("Redis is away.")) };
  const { handler, worked, errors } = harness(stripe, { inbox });
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  expect(worked).toHaveLength(1);
  expect(errors).toEqual([new Error("Redis is away.")]);
});

test("in a list each event is worked on once, and those that failed are delivered again with the others", async () => {
  const event = (eventId: number) => ({
    eventId,
    portalId: 7,
    subscriptionId: 1,
    occurredAt: 1,
    subscriptionType: "contact.creation",
  });
  let isBroken = true;
  const worked: unknown[] = [];
  const { handler } = harness(hubspot, {
    on: {
      "contact.creation": ({ payload }) => {
        const { eventId } = payload as { eventId: number };
        if (isBroken && eventId === 2) throw new Error("no");
        worked.push(eventId);
      },
    },
  });
  const send = async (attemptNumber: number) =>
    handler(
      await signWebhook(
        hubspot,
        secret,
        [1, 2, 3].map((id) => ({ ...event(id), attemptNumber })),
      ),
    );
  expect((await send(0)).status).toBe(500);
  isBroken = false;
  expect((await send(1)).status).toBe(204);
  expect(worked).toEqual([1, 3, 2]);
});
