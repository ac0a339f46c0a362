import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { harness, paid, secret } from "../../../test/webhooks/harness.js";
import { hubspot, type Inbox, memoryInbox, signWebhook, stripe } from "../index.js";

test("an event is processed once, however often it is delivered", async () => {
  const { handler, processed } = harness(stripe);
  for (let delivery = 0; delivery < 3; delivery += 1) {
    expect((await handler(await signWebhook(stripe, paid, { secret }))).status).toBe(204);
  }
  expect(processed).toHaveLength(1);
});

test("a delivery of an event that is being processed gets a 409 with Retry-After", async () => {
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { handler } = harness(stripe, { on: { "invoice.paid": () => work } });
  const first = handler(await signWebhook(stripe, paid, { secret }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = await handler(await signWebhook(stripe, paid, { secret }));
  expect([second.status, second.headers.get("retry-after")]).toEqual([409, "60"]);
  finish();
  expect((await first).status).toBe(204);
});

test("R39: a claim lasts as long as the processing, and ends with the lease when its process dies", async () => {
  const clock = fakeClock(1_700_000_000_000);
  const inbox = memoryInbox({ clock });
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const living = harness(stripe, { inbox, clock, leaseMs: 30_000, on: { "invoice.paid": () => work } });
  const sign = () => signWebhook(stripe, paid, { secret, nowMs: clock.now() });
  const first = living.handler(await sign());
  await new Promise((resolve) => setTimeout(resolve, 20));
  await clock.advance(100_000);
  expect(await inbox.claim("stripe:/webhooks:evt_1", 1)).toMatchObject({ kind: "busy" });
  finish();
  expect((await first).status).toBe(204);
  expect(await inbox.claim("stripe:/webhooks:evt_1", 1)).toEqual({ kind: "done" });

  // A process that dies leaves a claim that is not renewed.
  const crashed = await inbox.claim("stripe:/webhooks:evt_2", 30_000);
  expect(crashed.kind).toBe("claimed");
  const other = harness(stripe, { inbox, clock });
  const send = async () =>
    other.handler(await signWebhook(stripe, { ...paid, id: "evt_2" }, { secret, nowMs: clock.now() }));
  expect((await send()).status).toBe(409);
  await clock.advance(30_000);
  expect((await send()).status).toBe(204);
  expect(other.processed).toHaveLength(1);
});

test.each([
  ["reject", 503, 0],
  ["process", 204, 1],
] as const)(
  "R39: with an inbox that fails, `%s` responds with %i and processes the event %i times",
  async (whenInboxFails, status, count) => {
    const fail = () => Promise.reject(new Error("Redis is unavailable."));
    const inbox: Inbox = { claim: fail, renew: fail, complete: fail, release: fail, forget: fail };
    const { handler, processed, errors } = harness(stripe, { inbox, whenInboxFails });
    const response = await handler(await signWebhook(stripe, paid, { secret }));
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(status === 503 ? "10" : null);
    expect(processed).toHaveLength(count);
    expect(errors).toEqual([new Error("Redis is unavailable.")]);
  },
);

test("each event of a list is processed once, and a failed one again when the list is delivered again", async () => {
  const event = (eventId: number) => ({
    eventId,
    portalId: 7,
    subscriptionId: 1,
    occurredAt: 1,
    subscriptionType: "contact.creation",
  });
  let isBroken = true;
  const processed: unknown[] = [];
  const { handler } = harness(hubspot, {
    on: {
      "contact.creation": ({ payload }) => {
        const { eventId } = payload as { eventId: number };
        if (isBroken && eventId === 2) throw new Error("no");
        processed.push(eventId);
      },
    },
  });
  const send = async (attemptNumber: number) =>
    handler(
      await signWebhook(
        hubspot,
        [1, 2, 3].map((id) => ({ ...event(id), attemptNumber })),
        { secret },
      ),
    );
  expect((await send(0)).status).toBe(500);
  isBroken = false;
  expect((await send(1)).status).toBe(204);
  expect(processed).toEqual([1, 3, 2]);
});
